import type { IncomingHttpHeaders } from 'node:http';
import type { SessionId } from '../../core/session/identity.js';
import type { Crypto } from '../../ports/index.js';
import { CookieIdSource } from './cookie-id-source.js';
import { HeaderIdSource } from './header-id-source.js';
import type { IdOption } from './id-options.js';
import { IdSigner } from './id-signer.js';
import type { IdSource } from './id-source.js';

/** The id a client presented, if it is worth anything, and where the client wants to be told a new one. */
export interface ClientId {
  readonly id: SessionId | undefined;
  readonly source: IdSource;
}

/** The places where an application's clients keep their ids, in order. */
export class ClientIds {
  private readonly first: IdSource;
  private readonly sources: readonly IdSource[];

  constructor(options: readonly [IdOption, ...IdOption[]], crypto: Crypto) {
    const [first, ...others] = options;
    this.first = sourceOf(first, crypto);
    this.sources = [this.first, ...others.map((option) => sourceOf(option, crypto))];
  }

  /** The first well-formed id; else the place where the client presented something; else the first place. */
  of(headers: IncomingHttpHeaders): ClientId {
    let tried: IdSource | undefined;
    for (const source of this.sources) {
      const presented = source.read(headers);
      if (presented.kind === 'wellFormed') return { id: presented.id, source };
      if (presented.kind === 'worthless') tried ??= source;
    }
    return { id: undefined, source: tried ?? this.first };
  }
}

function sourceOf(option: IdOption, crypto: Crypto): IdSource {
  const { secrets } = option.options;
  const signer = secrets === undefined ? undefined : new IdSigner(secrets, crypto);
  return option.kind === 'cookie'
    ? new CookieIdSource(option.options, signer)
    : new HeaderIdSource(option.name, signer);
}
