import type { Branded } from './brand.js';

/** The bearer secret a client presents: 43 base64url characters (256 bits). Never stored, logged or sent to the store. */
export type SessionId = Branded<string, 'SessionId'>;

/** `base64url(SHA-256(session id))`, 43 characters: what the store, logs and other services know a session by. */
export type SessionKey = Branded<string, 'SessionKey'>;

/** One incarnation of one process that takes part: 22 base64url characters (128 random bits). */
export type NodeId = Branded<string, 'NodeId'>;

const IDENTITY = /^[A-Za-z0-9_-]{43}$/;
const NODE = /^[A-Za-z0-9_-]{22}$/;

/** The session id in `text`, or undefined when it is malformed. Never throws: bad ids are "no session". */
export function parseSessionId(text: string): SessionId | undefined {
  return IDENTITY.test(text) ? (text as SessionId) : undefined;
}

/** The session key in `text`, or undefined when it is malformed. */
export function parseSessionKey(text: string): SessionKey | undefined {
  return IDENTITY.test(text) ? (text as SessionKey) : undefined;
}

/** The node id in `text`, or undefined when it is malformed. */
export function parseNodeId(text: string): NodeId | undefined {
  return NODE.test(text) ? (text as NodeId) : undefined;
}
