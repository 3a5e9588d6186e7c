/** Durations of two rivals, microseconds, round by round. */
export interface Duel {
  readonly mine: readonly (readonly number[])[];
  readonly peer: readonly (readonly number[])[];
}

export interface DuelOptions {
  readonly rounds: number;
  readonly callsPerRound: number;
}

/** Times two rivals in turn, A B A B, so that whatever the machine does meets both; the first round warms up. */
export async function duel(
  mine: () => Promise<unknown>,
  peer: () => Promise<unknown>,
  { rounds, callsPerRound }: DuelOptions,
): Promise<Duel> {
  const times: { mine: number[][]; peer: number[][] } = { mine: [], peer: [] };
  for (let round = 0; round <= rounds; round++) {
    const [mineUs, peerUs]: [number[], number[]] = [[], []];
    for (let call = 0; call < callsPerRound; call++) {
      mineUs.push(await timeUs(mine));
      peerUs.push(await timeUs(peer));
    }
    if (round === 0) continue;
    times.mine.push(mineUs);
    times.peer.push(peerUs);
  }
  return times;
}

async function timeUs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) * 1_000;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Lowest and highest of some ratios. */
export function spreadOf(ratios: readonly number[]): string {
  return `${Math.min(...ratios).toPrecision(2)}–${Math.max(...ratios).toPrecision(2)}`;
}
