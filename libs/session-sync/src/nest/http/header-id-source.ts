import type { IncomingHttpHeaders } from 'node:http';
import type { SessionId } from '../../core/session/identity.js';
import type { IdReader } from './id-reader.js';
import type { IdSigner } from './id-signer.js';
import type { IdSource, PresentedId, ResponseHeaders } from './id-source.js';

/** Session ids in a header of request and response, for clients without cookies. */
export class HeaderIdSource implements IdSource {
  private readonly requestName: string;

  constructor(
    private readonly name: string,
    private readonly reader: IdReader,
    private readonly signer: IdSigner | undefined,
  ) {
    this.requestName = name.toLowerCase();
  }

  read(headers: IncomingHttpHeaders): PresentedId {
    const text = headers[this.requestName];
    if (text === undefined) return { kind: 'nothing' };
    if (typeof text !== 'string') return { kind: 'worthless' };
    const key = this.reader.read(text);
    return key === undefined ? { kind: 'worthless' } : { kind: 'wellFormed', key };
  }

  issue(headers: ResponseHeaders, id: SessionId): void {
    headers.set(this.name, this.signer?.sign(id) ?? id);
  }

  clear(headers: ResponseHeaders): void {
    headers.set(this.name, '');
  }
}
