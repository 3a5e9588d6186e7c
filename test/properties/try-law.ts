import { inspect } from 'node:util';
import * as fc from 'fast-check';
import type { Law } from './law.js';

/** Some of the cases of a law, by a seed that makes them the same each time. */
export interface Batch {
  readonly seed: number;
  readonly cases: number;
}

export interface Outcome {
  /** Cases that were tried, a failing one included. */
  readonly tried: number;
  readonly violation: Violation | undefined;
}

export interface Violation {
  /** The smallest counterexample, and how it fails. */
  readonly report: string;
  /** What names the case, for `npm run soak -- properties --replay`: `<law>:<seed>:<path>`. */
  readonly replay: string;
}

const CASES_PER_BATCH = 10_000;

/** `cases` of a law in batches; the same seed gives the same ones. */
export function batchesOf(law: Law, seed: number, cases: number): readonly Batch[] {
  const count = Math.ceil(cases / CASES_PER_BATCH);
  return Array.from({ length: count }, (_, index) => ({
    seed: seedOf(`${seed} ${law.id} ${index}`),
    cases: Math.min(CASES_PER_BATCH, cases - index * CASES_PER_BATCH),
  }));
}

/** Tries a batch, for `limitMs` at most. */
export async function tryBatch(law: Law, { seed, cases }: Batch, limitMs: number): Promise<Outcome> {
  return outcomeOf(
    law,
    await fc.check(law.property(), {
      seed,
      numRuns: cases,
      plugins: [fc.interruptAfterTimeLimit(Math.max(1, limitMs))],
    }),
  );
}

/** Tries the one case that is named as `<seed>:<path>`, or the batch of a seed. */
export async function replay(law: Law, seedAndPath: string): Promise<Outcome> {
  const [seed = '', ...path] = seedAndPath.split(':');
  const only = path.length === 0 ? {} : { path: path.join(':'), endOnFailure: true };
  return outcomeOf(law, await fc.check(law.property(), { seed: Number(seed), numRuns: CASES_PER_BATCH, ...only }));
}

function outcomeOf(law: Law, details: fc.RunDetails<unknown>): Outcome {
  const tried = details.numRuns;
  if (!details.failed) return { tried, violation: undefined };
  const { seed, counterexamplePath } = details;
  return {
    tried,
    violation: {
      report: `${fc.defaultReportMessage(details) ?? ''}\n${inspect('errorInstance' in details ? details.errorInstance : undefined)}`,
      replay: `${law.id}:${seed}:${counterexamplePath ?? '0'}`,
    },
  };
}

/** 31 bits of a text, in the manner of FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  return (Math.imul(hash ^ (hash >>> 15), 0x2c_1b_3c_6d) >>> 1) & 0x7f_ff_ff_ff;
}
