import process from 'node:process';
import { LAWS } from '../properties/laws.js';
import { tryBatch, type Outcome } from '../properties/try-law.js';
import { BROKEN_LAWS } from './broken-laws.js';

/** A batch for a worker to try. */
export interface Task {
  readonly law: string;
  readonly seed: number;
  readonly cases: number;
  readonly limitMs: number;
}

// A process of its own: what crashes, hangs or runs out of memory here is seen from outside.
process.on('message', (task: Task) => {
  void answer(task).then((outcome) => process.send?.(outcome));
});
process.on('disconnect', () => process.exit(0));

async function answer({ law: id, seed, cases, limitMs }: Task): Promise<Outcome> {
  const law = [...LAWS, ...BROKEN_LAWS].find((each) => each.id === id);
  if (law === undefined) throw new RangeError(`There is no law ${id}`);
  return tryBatch(law, { seed, cases }, limitMs);
}
