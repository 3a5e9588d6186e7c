import 'reflect-metadata';
import { declareAttribute } from '../core/access/index.js';
import { ManualClock, MemorySessionLog } from '../memory/index.js';
import { MemoryNode, type MemoryNodeOptions } from '../testing/memory-node.js';
import { HookedLog } from './hooked-log.fixture.js';

/** A session class with one attribute `x` of these options, and a plain one `other`. */
export function sessionWith(options: object, initial?: unknown, designType: unknown = Object): new () => object {
  class Declared {
    x = initial;
    other = 0;
  }
  declareAttribute(Declared.prototype, 'x', { ...options }, designType);
  declareAttribute(Declared.prototype, 'other', { merge: 'lastWriteWins' }, Number);
  return Declared;
}

/** Two nodes on one log, whose sessions have one attribute `x` of these options. */
export function nodesWith(
  options: object,
  initial?: unknown,
  nodeOptions: MemoryNodeOptions = {},
): { a: MemoryNode; b: MemoryNode; log: HookedLog; clock: ManualClock } {
  const clock = new ManualClock();
  const log = new HookedLog(new MemorySessionLog({ clock }));
  const session = sessionWith(options, initial);
  const make = () => new MemoryNode(session, { log, clock, ...nodeOptions });
  return { a: make(), b: make(), log, clock };
}

export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
