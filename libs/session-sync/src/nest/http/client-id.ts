import type { IncomingHttpHeaders } from 'node:http';
import { parseSessionId, type SessionId, type SessionKey } from '../../core/session/identity.js';
import type { Crypto } from '../../ports/index.js';
import { CookieIdSource } from './cookie-id-source.js';
import { HeaderIdSource } from './header-id-source.js';
import type { IdOption } from './id-options.js';
import { IdReader } from './id-reader.js';
import { IdSigner } from './id-signer.js';
import type { IdSource } from './id-source.js';

/** The session a client named, if its id is worth anything, and where the client wants to be told a new id. */
export interface ClientId {
  readonly key: SessionKey | undefined;
  readonly source: IdSource;
}

/** What ids need of the engine. */
export interface IdArithmetic {
  readonly crypto: Crypto;
  readonly keyOf: (id: SessionId) => SessionKey;
}

/** The places where an application's clients keep their ids, in order. */
export class ClientIds {
  private readonly first: IdSource;
  private readonly sources: readonly IdSource[];

  constructor(options: readonly [IdOption, ...IdOption[]], arithmetic: IdArithmetic) {
    const [first, ...others] = options;
    this.first = sourceOf(first, arithmetic);
    this.sources = [this.first, ...others.map((option) => sourceOf(option, arithmetic))];
  }

  /** The first well-formed id; else the place where the client presented something; else the first place. */
  of(headers: IncomingHttpHeaders): ClientId {
    let tried: IdSource | undefined;
    for (const source of this.sources) {
      const presented = source.read(headers);
      if (presented.kind === 'wellFormed') return { key: presented.key, source };
      if (presented.kind === 'worthless') tried ??= source;
    }
    return { key: undefined, source: tried ?? this.first };
  }
}

function sourceOf(option: IdOption, { crypto, keyOf }: IdArithmetic): IdSource {
  const { secrets } = option.options;
  const signer = secrets === undefined ? undefined : new IdSigner(secrets, crypto);
  const reader = new IdReader(signer === undefined ? parseSessionId : (text) => signer.verify(text), keyOf);
  return option.kind === 'cookie'
    ? new CookieIdSource(option.options, reader, signer)
    : new HeaderIdSource(option.name, reader, signer);
}
