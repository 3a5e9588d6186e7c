/** Options of {@link cookie}. */
export interface CookieIdOptions {
  /**
   * Secrets that ids are signed with (HMAC-SHA-256). The first signs; all are accepted, so put a new one first and drop
   * the old one when its cookies are gone. Without secrets ids aren't signed: they are 256 random bits all the same, but
   * made-up ones then cost a question to the store. Use 32 random characters or more.
   * @default none
   */
  readonly secrets?: readonly [string, ...string[]];
  /**
   * Name of the cookie.
   * @default '__Host-sid', or 'sid' with `secure: false`
   */
  readonly name?: string;
  /**
   * Whether the cookie is sent over HTTPS (and to localhost) only. Never guessed from the request. Off for development
   * without TLS; the name then has no `__Host-` prefix, and a warning is logged.
   * @default true
   */
  readonly secure?: boolean;
  /**
   * Whether other sites' requests carry the cookie.
   * @default 'lax'
   */
  readonly sameSite?: 'lax' | 'strict' | 'none';
}

/** Options of {@link header}. */
export interface HeaderIdOptions {
  /** As for cookies. @default none */
  readonly secrets?: readonly [string, ...string[]];
}

/** Where clients keep their session id; made by {@link cookie} and {@link header}. */
export type IdOption =
  | { readonly kind: 'cookie'; readonly options: CookieIdOptions }
  | { readonly kind: 'header'; readonly name: string; readonly options: HeaderIdOptions };

/** Ids in a cookie: HttpOnly, Path=/, no Domain. */
export function cookie(options: CookieIdOptions = {}): IdOption {
  return { kind: 'cookie', options };
}

/** Ids in a request header; a new id comes back in the response header of the same name. */
export function header(name: string, options: HeaderIdOptions = {}): IdOption {
  return { kind: 'header', name, options };
}
