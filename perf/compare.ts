import { compareRows } from './compare/compare-rows.js';
import { buildRows } from './compare/build-rows.js';
import { memoryRows } from './compare/memory-rows.js';
import { accessRows } from './compare/access-rows.js';
import { cpuDuelOptions } from './cpu-duel.js';
import type { Result } from './scenario.js';

const SIZES: readonly number[] = [10, 1_000, 100_000];

/** Finding what changed: comparison, building the benchmark, what an access costs, what a benchmark weighs. */
export async function compare(isQuick: boolean): Promise<Result> {
  const options = cpuDuelOptions(isQuick);
  const memory = await memoryRows(SIZES, isQuick);
  const compared = SIZES.flatMap((nodes) => compareRows(nodes, options));
  const built = SIZES.flatMap((nodes) => buildRows(nodes, options));
  return { rows: [...compared, ...built, ...(await accessRows(options)), ...memory] };
}
