import { randomInt } from 'node:crypto';
import process from 'node:process';
import { currentCommit, markdownTable, saveResult } from './report.js';
import { parseSoakOptions, type SoakOptions } from './soak-options.js';
import { SOAKS } from './soaks.js';

/** A shorter run is a try: it isn't kept as the soak's last result. */
const SHORTEST_KEPT_MINUTES = 1;

async function main(args: readonly string[]): Promise<number> {
  const options = parseSoakOptions(args, SOAKS);
  if (typeof options === 'string') {
    console.error(options);
    return 1;
  }
  const { name, soak, minutes, replay, isJson } = options;
  const seed = options.seed ?? randomInt(2 ** 31);
  const commit = currentCommit();
  console.log(`Soak ${name}, seed ${seed}.`);
  const startedAtMs = performance.now();
  const endsAtMs = minutes === undefined ? Number.POSITIVE_INFINITY : startedAtMs + minutes * 60_000;
  const rows = await soak.run({ name, seed, endsAtMs, replay, say: (line) => console.log(line) });
  const took = Number(((performance.now() - startedAtMs) / 60_000).toFixed(2));
  console.log(`\n${markdownTable(rows)}`);
  if (isKept(options)) {
    console.log(`\nSaved as ${await saveResult({ name, seed, commit, minutes, took, rows })}.`);
  }
  if (isJson) console.log(JSON.stringify({ soak: name, seed, minutes: took, rows }));
  return rows.some(({ violations }) => violations > 0) ? 1 : 0;
}

function isKept({ name, minutes, replay }: SoakOptions): boolean {
  return name !== 'broken' && replay === undefined && (minutes ?? SHORTEST_KEPT_MINUTES) >= SHORTEST_KEPT_MINUTES;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof RangeError ? error.message : error);
  process.exitCode = 1;
}
