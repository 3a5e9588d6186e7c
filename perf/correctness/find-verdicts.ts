import { availableParallelism } from 'node:os';
import { ChildProgram, type Reply } from '../child-program.js';
import type { Library } from './library.js';
import { ours } from './ours.js';
import { peers } from './peers.js';
import type { CorrectnessRow } from './correctness-row.js';
import { correctnessRows } from './rows.js';
import type { Verdict } from './verdict.js';

/** What never ends mostly runs out of memory first, and on a busy machine an honest second can become ten. */
const LIMIT_MS = 60_000;
const LIMIT_MB = 256;

export interface Verdicts {
  readonly library: Library;
  /** One for each row, in their order. */
  readonly verdicts: readonly Verdict[];
}

/** All rows for all libraries; a few libraries at a time, since waiting for those that hang costs nothing. */
export async function findVerdicts(): Promise<{ rows: readonly CorrectnessRow[]; found: readonly Verdicts[] }> {
  const rows = correctnessRows();
  const pending = [ours, ...peers()];
  const found = new Map<string, Verdicts>();
  const order = pending.map(({ name }) => name);
  const work = async (): Promise<void> => {
    for (let library = pending.shift(); library !== undefined; library = pending.shift()) {
      found.set(library.name, { library, verdicts: await verdictsOf(library, rows) });
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, work));
  return { rows, found: order.flatMap((name) => found.get(name) ?? []) };
}

async function verdictsOf({ name }: Library, rows: readonly CorrectnessRow[]): Promise<readonly Verdict[]> {
  const program = new ChildProgram(new URL('./judge-process.js', import.meta.url), {
    args: [name],
    execArgv: [`--max-old-space-size=${LIMIT_MB}`],
    limitMs: LIMIT_MS,
  });
  try {
    const verdicts: Verdict[] = [];
    for (const number of rows.keys()) verdicts.push(verdictOf(await program.ask<Verdict>(number)));
    return verdicts;
  } finally {
    await program.stop();
  }
}

function verdictOf(reply: Reply<Verdict>): Verdict {
  if ('answer' in reply) return reply.answer;
  return reply.end === 'crash' ? 'crashes' : "doesn't end";
}
