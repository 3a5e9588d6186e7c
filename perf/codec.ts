import { fidelityTable } from './codec/fidelity-table.js';
import { hostileTable } from './codec/hostile-table.js';
import { plainRows, richRows } from './codec/time-rows.js';
import { cpuDuelOptions } from './cpu-duel.js';
import type { Result } from './scenario.js';

const SIZES: readonly number[] = [10, 1_000, 100_000];
/** The largest takes some peers a second a call. */
const QUICK_SIZES: readonly number[] = [10, 1_000];
const SIZE_OF_RICH = 1_000;
const HOSTILE_INPUTS = { quick: 300, full: 20_000 };
const SEED = 20_260;

/** Writing values down: how fast, how long, what survives, and what hostile bytes do. */
export async function codec(isQuick: boolean): Promise<Result> {
  const options = cpuDuelOptions(isQuick);
  const rows = [
    ...(isQuick ? QUICK_SIZES : SIZES).flatMap((nodes) => plainRows(nodes, options)),
    ...richRows(SIZE_OF_RICH, options),
  ];
  const hostile = await hostileTable(isQuick ? HOSTILE_INPUTS.quick : HOSTILE_INPUTS.full, SEED);
  return { rows, tables: [await fidelityTable(), hostile] };
}
