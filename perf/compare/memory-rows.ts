import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, spreadOf } from '../rounds.js';
import type { Row, Target } from '../scenario.js';
import type { MemoryProbe, MemoryRound } from './memory-probe.js';

const TARGET: Target = { of: 'value', atMost: 25 };
const FEWEST_NODES_OF_TARGET = 1_000;
const PEER = 'structuredClone of the value';

/** What a benchmark weighs beside the value it was taken of, in a process of its own whose heap holds nothing else. */
export async function memoryRows(sizes: readonly number[], isQuick: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const nodes of sizes) rows.push(rowOf(nodes, await probe({ nodes, rounds: isQuick ? 3 : 9 })));
  return rows;
}

async function probe({ nodes, rounds }: MemoryProbe): Promise<readonly MemoryRound[]> {
  const program = fileURLToPath(new URL('./memory-probe.js', import.meta.url));
  const child = fork(program, [String(nodes), String(rounds)], { execArgv: ['--expose-gc'], serialization: 'json' });
  const ended = once(child, 'exit');
  const [result] = (await Promise.race([once(child, 'message'), ended])) as [readonly MemoryRound[] | number | null];
  if (typeof result !== 'object' || result === null) {
    throw new Error(`the process that weighs benchmarks of ${nodes} nodes ended early: ${result}`);
  }
  await ended;
  return result;
}

function rowOf(nodes: number, rounds: readonly MemoryRound[]): Row {
  const value = median(rounds.map(({ benchmark }) => benchmark));
  const peerValue = median(rounds.map(({ clone }) => clone));
  const ratios = rounds.map(({ benchmark, clone }) => benchmark / clone);
  const label = { name: `memory/${nodes}`, metric: 'bytes a node', unit: 'bytes', peer: PEER };
  const figures = { value, peerValue, ratio: value / peerValue, spread: spreadOf(ratios) };
  return { ...label, ...figures, ...(nodes >= FEWEST_NODES_OF_TARGET && { target: TARGET }) };
}
