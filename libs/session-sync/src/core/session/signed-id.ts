import { parseSessionId, type SessionId } from './identity.js';

/** `<id>.<key id>.<mac>`: a session id with the proof that this application issued it. */
export interface SignedId {
  readonly id: SessionId;
  /** Which secret made the MAC: {@link KEY_ID_LENGTH} characters. */
  readonly keyId: string;
  readonly mac: string;
}

export const KEY_ID_LENGTH = 8;

const SIGNED = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{8})\.([A-Za-z0-9_-]{43})$/;

/** The parts of a signed id, or undefined when `text` is malformed. Says nothing of whether the MAC is right. */
export function parseSignedId(text: string): SignedId | undefined {
  const [, idText, keyId, mac] = SIGNED.exec(text) ?? [];
  if (idText === undefined || keyId === undefined || mac === undefined) return undefined;
  const id = parseSessionId(idText);
  return id === undefined ? undefined : { id, keyId, mac };
}

export function formatSignedId({ id, keyId, mac }: SignedId): string {
  return `${id}.${keyId}.${mac}`;
}
