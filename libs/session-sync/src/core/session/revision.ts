import type { Branded } from './brand.js';

/** Position of a session's message in its stream; 0 = nothing stored. Grows with every message of any session. */
export type Revision = Branded<number, 'Revision'>;

/** Revision of the grant under which a lock is held; 0 = no lock was ever granted. */
export type FencingToken = Branded<number, 'FencingToken'>;

/** Generation of the primary state: grows when another instance is promoted. Revisions compare within one epoch. */
export type Epoch = Branded<number, 'Epoch'>;

export const NOTHING_STORED = 0 as Revision;
export const NO_TOKEN = 0 as FencingToken;
export const FIRST_EPOCH = 0 as Epoch;

/** `value` as a revision, or undefined unless it is a safe non-negative integer. */
export function toRevision(value: number): Revision | undefined {
  return Number.isSafeInteger(value) && value >= 0 ? (value as Revision) : undefined;
}
