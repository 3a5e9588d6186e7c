// One codec's decoder and bytes that nobody wrote: `hostile-process.js CODEC SEED PROGRESS`. It notes in the file
// PROGRESS which input it is at, so that the one that kills it is known.
import { openSync, writeSync } from 'node:fs';
import process from 'node:process';
import { allCodecs } from './codecs.js';
import { HostileInputs } from './hostile-inputs.js';
import { HostileTally, isOversized, type Tally } from './hostile-tally.js';

const DEEP_LEVELS = 100_000;
/** Then it answers what it has, however many inputs it was asked for. */
const BATCH_MS = 1_000;

export type Question = { readonly from: number; readonly to: number } | { readonly attack: 'deep' | 'huge' };

export interface Batch {
  /** The first input that wasn't tried. */
  readonly next: number;
  readonly tally: Tally;
}

const [name, seed, progress = ''] = process.argv.slice(2);
const codec = allCodecs().find((one) => one.name === name);
if (codec === undefined) throw new Error(`no such codec: ${name}`);
const { decode, deep, hugeArray } = codec;
const inputs = new HostileInputs(codec, Number(seed));
const progressFile = openSync(progress, 'w');

process.on('message', (question: Question) => {
  process.send?.('attack' in question ? fateOf(question.attack) : tryInputs(question.from, question.to));
});

function tryInputs(from: number, to: number): Batch {
  const tally = new HostileTally();
  const startedAt = performance.now();
  let next = from;
  while (next < to && performance.now() - startedAt < BATCH_MS) {
    writeSync(progressFile, Buffer.from(Uint32Array.of(next).buffer), 0, 4, 0);
    tally.count(inputs.input(next), decode);
    next += 1;
  }
  return { next, tally: tally.result };
}

function fateOf(attack: 'deep' | 'huge'): string {
  const bytes = attack === 'deep' ? deep(DEEP_LEVELS) : hugeArray;
  if (bytes === undefined) return 'cannot be said';
  try {
    return isOversized(decode(bytes), bytes) ? '**oversized value**' : 'value';
  } catch (error) {
    return error instanceof Error ? error.constructor.name : 'throws no error';
  }
}
