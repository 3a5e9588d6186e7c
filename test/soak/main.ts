import { randomInt } from 'node:crypto';
import process from 'node:process';
import { markdownTable, saveResult } from './report.js';
import { parseSoakOptions, type SoakOptions } from './soak-options.js';
import type { SoakRow } from './soak.js';
import { SOAKS } from './soaks.js';

/** A shorter run is a try: it isn't kept as the soak's last result. */
const SHORTEST_KEPT_MINUTES = 1;

async function main(args: readonly string[]): Promise<number> {
  const options = parseSoakOptions(args, SOAKS);
  if (typeof options === 'string') {
    console.error(options);
    return 1;
  }
  const seed = options.seed ?? randomInt(2 ** 31);
  console.log(`Soak ${options.name}, seed ${seed}.`);
  const startedAtMs = performance.now();
  const { soak, minutes, replay } = options;
  const endsAtMs = minutes === undefined ? Number.POSITIVE_INFINITY : startedAtMs + minutes * 60_000;
  const rows = await soak.run({ name: options.name, seed, endsAtMs, replay, say: (line) => console.log(line) });
  await report(options, seed, (performance.now() - startedAtMs) / 60_000, rows);
  return rows.some(({ violations }) => violations > 0) ? 1 : 0;
}

async function report(
  options: SoakOptions,
  seed: number,
  tookMinutes: number,
  rows: readonly SoakRow[],
): Promise<void> {
  const { name, minutes, replay, isJson } = options;
  console.log(`\n${markdownTable(rows)}`);
  const took = Number(tookMinutes.toFixed(2));
  const isKept =
    replay === undefined && (minutes ?? SHORTEST_KEPT_MINUTES) >= SHORTEST_KEPT_MINUTES && name !== 'broken';
  if (isKept) console.log(`\nSaved as ${await saveResult({ name, seed, minutes, took, rows })}.`);
  if (isJson) console.log(JSON.stringify({ soak: name, seed, minutes: took, rows }));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof RangeError ? error.message : error);
  process.exitCode = 1;
}
