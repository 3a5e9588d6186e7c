import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { SessionId } from '../../core/session/identity.js';
import type { CookieIdOptions } from './id-options.js';
import type { IdReader } from './id-reader.js';
import type { IdSigner } from './id-signer.js';
import type { IdSource, PresentedId, ResponseHeaders } from './id-source.js';

/** Session ids in a cookie. */
export class CookieIdSource implements IdSource {
  private readonly name: string;
  private readonly attributes: {
    readonly path: '/';
    readonly httpOnly: true;
    readonly secure: boolean;
    readonly sameSite: 'lax' | 'strict' | 'none';
  };

  constructor(
    { name, secure = true, sameSite = 'lax' }: CookieIdOptions,
    private readonly reader: IdReader,
    private readonly signer: IdSigner | undefined,
  ) {
    this.name = name ?? (secure ? '__Host-sid' : 'sid');
    this.attributes = { path: '/', httpOnly: true, secure, sameSite };
  }

  read({ cookie }: IncomingHttpHeaders): PresentedId {
    // Most requests without a session have other cookies: don't parse those.
    if (cookie === undefined || !cookie.includes(this.name)) return { kind: 'nothing' };
    const text = parseCookie(cookie)[this.name];
    if (text === undefined) return { kind: 'nothing' };
    const key = this.reader.read(text);
    return key === undefined ? { kind: 'worthless' } : { kind: 'wellFormed', key };
  }

  issue(headers: ResponseHeaders, id: SessionId): void {
    const value = this.signer?.sign(id) ?? id;
    headers.append('Set-Cookie', stringifySetCookie({ name: this.name, value, ...this.attributes }));
  }

  clear(headers: ResponseHeaders): void {
    headers.append('Set-Cookie', stringifySetCookie({ name: this.name, value: '', maxAge: 0, ...this.attributes }));
  }
}
