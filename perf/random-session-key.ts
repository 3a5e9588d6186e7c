import { randomBytes } from 'node:crypto';
import type { SessionKey } from 'nest-session-sync/testing';

/** A key nobody else uses. */
export function randomSessionKey(): SessionKey {
  return randomBytes(32).toString('base64url') as SessionKey;
}
