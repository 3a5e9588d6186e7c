import type { IncomingHttpHeaders } from 'node:http';
import type { SessionId, SessionKey } from '../../core/session/identity.js';

/** What a request said at one place where ids may be. */
export type PresentedId =
  /** An id that this application may have issued, as the key of the session it names. */
  | { readonly kind: 'wellFormed'; readonly key: SessionKey }
  /** Something else: malformed, tampered, or signed with a forgotten secret. The client is anonymous. */
  | { readonly kind: 'worthless' }
  | { readonly kind: 'nothing' };

/** Response headers, as far as ids need them, on either adapter. */
export interface ResponseHeaders {
  set(name: string, value: string): void;
  /** Adds a value and leaves those that others set. */
  append(name: string, value: string): void;
}

/** A place where clients keep their session id: a cookie, a header. */
export interface IdSource {
  read(headers: IncomingHttpHeaders): PresentedId;
  issue(headers: ResponseHeaders, id: SessionId): void;
  /** The session has ended: the client should forget its id. */
  clear(headers: ResponseHeaders): void;
}
