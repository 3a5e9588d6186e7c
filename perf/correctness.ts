import { correctnessTable } from './correctness/correctness-table.js';
import { findVerdicts } from './correctness/find-verdicts.js';
import { rivalVersions } from './rival-versions.js';
import type { Result } from './scenario.js';

/** What each library sees, misses and imagines. */
export async function correctness(): Promise<Result> {
  const [{ rows, found }, versions] = [await findVerdicts(), await rivalVersions()];
  return { rows: [], tables: [correctnessTable(rows, found, versions)] };
}
