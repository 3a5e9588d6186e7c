import process from 'node:process';
import type { Duel } from './rounds.js';

const MOST_TRIES = 3;

/** A piece of work; what it returns says how much it found, and keeps it from being optimised away. */
export type Work = () => number;

export interface CpuDuelOptions {
  readonly rounds: number;
  /** Fewer rounds, down to `fewestRounds`, when all of them would take longer. */
  readonly maxMs: number;
  readonly fewestRounds: number;
  /** Calls are repeated until they take so long together, since a clock can't time one of them. */
  readonly sampleMs: number;
  /** How long each rival runs before anything counts. */
  readonly warmUpMs: number;
}

export function cpuDuelOptions(isQuick: boolean): CpuDuelOptions {
  if (isQuick) return { rounds: 3, maxMs: 500, fewestRounds: 3, sampleMs: 1, warmUpMs: 15 };
  return { rounds: 41, maxMs: 2_000, fewestRounds: 9, sampleMs: 2, warmUpMs: 250 };
}

/** Times two pieces of work on the processor in turn, A B A B: microseconds a call, one sample each in every round. */
export function cpuDuel(mine: Work, peer: Work, options: CpuDuelOptions): Duel {
  const { rounds, maxMs, fewestRounds, sampleMs, warmUpMs } = options;
  const calls = { mine: 1, peer: 1 };
  for (let spentMs = 0; spentMs < warmUpMs;) {
    const [mineMs, peerMs] = [timeMs(mine, calls.mine), timeMs(peer, calls.peer)];
    if (mineMs < sampleMs) calls.mine *= 2;
    if (peerMs < sampleMs) calls.peer *= 2;
    // Of the faster one: both are to get warm.
    spentMs += Math.min(mineMs, peerMs);
  }
  if (calls.mine > 1) calls.mine = callsFor(mine, calls.mine, sampleMs);
  if (calls.peer > 1) calls.peer = callsFor(peer, calls.peer, sampleMs);
  const times: { mine: number[][]; peer: number[][] } = { mine: [], peer: [] };
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) {
    if (round >= fewestRounds && performance.now() - startedAt > maxMs) break;
    times.mine.push([(sampleMsOf(mine, calls.mine) * 1_000) / calls.mine]);
    times.peer.push([(sampleMsOf(peer, calls.peer) * 1_000) / calls.peer]);
  }
  return times;
}

/** How many calls take about as long as a sample should, now that they are warm. */
function callsFor(work: Work, calls: number, sampleMs: number): number {
  return Math.max(1, Math.ceil((calls * sampleMs) / sampleMsOf(work, calls)));
}

/**
 * One sample; taken again when another process got the processor in between, since that time was somebody else's. What
 * takes too long for ever being left alone is judged by its own time on the processor.
 */
function sampleMsOf(work: Work, calls: number): number {
  let shortest = Infinity;
  for (let time = 0; time < MOST_TRIES; time++) {
    const interrupted = timesInterrupted();
    const usage = process.cpuUsage();
    const elapsedMs = timeMs(work, calls);
    const { user, system } = process.cpuUsage(usage);
    if (timesInterrupted() === interrupted) return elapsedMs;
    shortest = Math.min(shortest, elapsedMs, (user + system) / 1_000);
  }
  return shortest;
}

function timesInterrupted(): number {
  return process.resourceUsage().involuntaryContextSwitches;
}

function timeMs(work: Work, calls: number): number {
  let found = 0;
  const startedAt = performance.now();
  for (let call = 0; call < calls; call++) found += work();
  const elapsed = performance.now() - startedAt;
  if (Number.isNaN(found)) throw new Error('a piece of work lost count of what it found');
  return elapsed;
}
