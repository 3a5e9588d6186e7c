import { parseSessionKey } from '../core/session/identity.js';

/** How `sync.run` works on a session. */
export interface RunOptions {
  /** Create the session under this key when there is none. @default false: SessionEndedError */
  readonly create?: boolean;
  /** How units on the same session keep out of each other's way; `optimistic` is the only mode built. */
  readonly lock?: 'optimistic';
}

/** Designed for locks, which aren't built. */
const LOCK_OPTIONS: readonly string[] = ['waitMs', 'leaseMs', 'maxHoldMs', 'maxWaiters'];

/** Problems of a call to `sync.run`, each a sentence. */
export function problemsOfRun(key: unknown, options: object, work: unknown): string[] {
  const problems: string[] = [];
  if (typeof key !== 'string' || parseSessionKey(key) === undefined) {
    problems.push('key: a session key has 43 base64url characters; sync.keyOf(id) gives it.');
  }
  const { create, lock, ...others }: { readonly create?: unknown; readonly lock?: unknown } = options;
  if (create !== undefined && typeof create !== 'boolean') problems.push('create: must be true or false.');
  if (lock !== undefined && lock !== 'optimistic') {
    problems.push(`lock: ${JSON.stringify(lock)} isn't built yet; every unit is 'optimistic'.`);
  }
  for (const name of Object.keys(others)) {
    problems.push(
      LOCK_OPTIONS.includes(name)
        ? `option "${name}" isn't built yet: there are no locks to wait for. Leave it out.`
        : `unknown option "${name}"; known are create, lock.`,
    );
  }
  if (typeof work !== 'function') problems.push('the work to run is missing.');
  return problems;
}
