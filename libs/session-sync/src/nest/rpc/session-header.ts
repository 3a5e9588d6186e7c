import { parseSessionKey, type SessionKey } from '../../core/session/identity.js';
import { toRevision, type Revision } from '../../core/session/revision.js';

/** Header in which a call carries its session, and a reply what became of it. Accepted from services only, never over HTTP. */
export const SESSION_HEADER = 'Sync-Session';

/** A session as services name it to each other: its key, never its id, and how far the sender has seen it. */
export interface CarriedSession {
  readonly key: SessionKey;
  readonly revision: Revision;
}

/** `<key> <revision in base 36>`. */
export function formatSessionHeader({ key, revision }: CarriedSession): string {
  return `${key} ${revision.toString(36)}`;
}

/** What a header says, or undefined when it is malformed: such a message carries no session. */
export function parseSessionHeader(text: string): CarriedSession | undefined {
  const [, keyText, revisionText] = /^([A-Za-z0-9_-]{43}) ([0-9a-z]{1,11})$/.exec(text) ?? [];
  if (keyText === undefined || revisionText === undefined) return undefined;
  const key = parseSessionKey(keyText);
  const revision = toRevision(Number.parseInt(revisionText, 36));
  return key === undefined || revision === undefined ? undefined : { key, revision };
}

/** The session in NATS headers of either client library, if there is one. */
export function carriedIn(headers: unknown): CarriedSession | undefined {
  if (typeof headers !== 'object' || headers === null || !('get' in headers)) return undefined;
  const text: unknown = (headers as { get(name: string): unknown }).get(SESSION_HEADER);
  return typeof text === 'string' ? parseSessionHeader(text) : undefined;
}
