import { createHash, randomBytes } from 'node:crypto';
import type {
  AppendOutcome,
  LogMessage,
  Revision,
  SessionKey,
  SessionLog,
  StoredMessage,
} from 'nest-session-sync/testing';

export const TIMEOUT_MS = 2000;
export const NOTHING = 0 as Revision;

/** The key of a session nobody else uses. */
export function randomKey(): SessionKey {
  return createHash('sha256').update(randomBytes(32)).digest('base64url') as SessionKey;
}

/** A message that is kept for an hour. */
export function message(body: string, overrides: Partial<LogMessage> = {}): LogMessage {
  return { headers: [['Ses-Kind', 'delta']], body, replacesEarlier: false, keepMs: 3_600_000, ...overrides };
}

/** Appends, and gives the revision it got. */
export async function appended(
  log: SessionLog,
  key: SessionKey,
  what: LogMessage | string,
  expected: Revision = NOTHING,
): Promise<Revision> {
  const outcome = await log.append(key, typeof what === 'string' ? message(what) : what, expected, TIMEOUT_MS);
  if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  return outcome.revision;
}

/** Appends `count` messages one after the other; their revisions. */
export async function appendedMany(log: SessionLog, key: SessionKey, count: number): Promise<readonly Revision[]> {
  const revisions: Revision[] = [];
  for (let number = 0; number < count; number++) {
    revisions.push(await appended(log, key, `message ${number}`, revisions.at(-1) ?? NOTHING));
  }
  return revisions;
}

/** The newest message, which must be there. */
export async function newestOf(log: SessionLog, key: SessionKey): Promise<StoredMessage> {
  const newest = await log.readNewest(key, undefined, TIMEOUT_MS);
  if (newest.kind !== 'message') throw new Error(`no message: ${newest.kind}`);
  return newest.message;
}

export function kinds(outcomes: readonly AppendOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
  return counts;
}
