import { describe, expect, it } from 'vitest';
import type { SessionId, SessionKey } from '../../core/session/identity.js';
import { NodeCrypto } from '../../standalone/platform/node-crypto.js';
import { ClientIds } from './client-id.js';
import { cookie, header, type IdOption } from './id-options.js';

const ID = 'a'.repeat(43) as SessionId;
const KEY = 'key of a' as SessionKey;
const crypto = new NodeCrypto();

function ids(...options: [IdOption, ...IdOption[]]): ClientIds {
  return new ClientIds(options, { crypto, keyOf: (id) => (id === ID ? KEY : ('another' as SessionKey)) });
}

/** What the first place of `from` tells a client about `ID`. */
function told(from: ClientIds): Map<string, string> {
  const headers = new Map<string, string>();
  const set = (name: string, value: string): void => void headers.set(name, value);
  from.of({}).source.issue({ set, append: set }, ID);
  return headers;
}

function issuedCookie(from: ClientIds): string {
  return told(from).get('Set-Cookie')?.split(';', 1)[0] ?? '';
}

describe('session ids of clients', () => {
  it('are cookies that only this site sends, over TLS, and no script reads', () => {
    expect(told(ids(cookie())).get('Set-Cookie')).toBe(`__Host-sid=${ID}; Path=/; HttpOnly; Secure; SameSite=Lax`);
    expect(told(ids(cookie({ secure: false }))).get('Set-Cookie')).toBe(`sid=${ID}; Path=/; HttpOnly; SameSite=Lax`);
  });

  it('come back as they were issued, signed or not', () => {
    for (const from of [ids(cookie()), ids(cookie({ secrets: ['s'] })), ids(cookie({ name: 'other' }))]) {
      expect(from.of({ cookie: `a=b; ${issuedCookie(from)}; c=d` }).key).toBe(KEY);
    }
    const byHeader = ids(header('X-Session', { secrets: ['s'] }));
    expect(byHeader.of({ 'x-session': told(byHeader).get('X-Session') }).key).toBe(KEY);
  });

  it('are accepted from every secret and signed with the first', () => {
    const old = ids(cookie({ secrets: ['old'] }));
    const rotated = ids(cookie({ secrets: ['new', 'old'] }));
    const later = ids(cookie({ secrets: ['new'] }));
    expect(rotated.of({ cookie: issuedCookie(old) }).key).toBe(KEY);
    expect(later.of({ cookie: issuedCookie(rotated) }).key).toBe(KEY);
    expect(later.of({ cookie: issuedCookie(old) }).key).toBeUndefined();
  });

  it.each([
    ['unsigned', (signed: string) => signed.split('.', 1)[0]],
    ['another id', (signed: string) => signed.replace('=a', '=b')],
    ['another MAC', (signed: string) => `${signed.slice(0, -1)}${signed.endsWith('A') ? 'B' : 'A'}`],
    ['another key id', (signed: string) => signed.replace(/\.[^.]{8}\./, '.AAAAAAAA.')],
    ['cut', (signed: string) => signed.slice(0, 60)],
    ['5,000 characters', () => `__Host-sid=${'a'.repeat(5000)}`],
    ['empty', () => '__Host-sid='],
    ['bad escapes', () => '__Host-sid=%E0%A4%A'],
    ['a way into prototypes', () => '__proto__=x; __Host-sid=__proto__'],
  ])('are worth nothing when they are tampered with: %s', (_what, tamper) => {
    const from = ids(cookie({ secrets: ['s'] }));
    expect(from.of({ cookie: tamper(issuedCookie(from)) }).key).toBeUndefined();
  });

  it('are told where the client keeps them', () => {
    const both = ids(cookie(), header('x-session'));
    const [byCookie, byHeader] = [both.of({}).source, both.of({ 'x-session': 'anything' }).source];
    expect(byHeader).not.toBe(byCookie);
    expect(both.of({ cookie: `__Host-sid=${ID}`, 'x-session': 'anything' })).toEqual({ key: KEY, source: byCookie });
    expect(both.of({ cookie: '__Host-sid=bad', 'x-session': ID })).toEqual({ key: KEY, source: byHeader });
  });
});
