import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenRequest, UnitOfWork } from '../../engine/index.js';
import { HandlerUnit, type UnitEnvironment } from '../handlers/handler-unit.js';
import type { ClientId, ClientIds } from './client-id.js';
import { holdHead } from './hold-head.js';
import type { ResponseHeaders } from './id-source.js';
import { rawHeaders } from './raw-headers.js';

/** What the units of one application's HTTP requests share. */
export interface HttpEnvironment extends UnitEnvironment {
  readonly clientIds: ClientIds;
}

/** The unit of one HTTP request. */
export class HttpUnit extends HandlerUnit {
  private client: ClientId | undefined;
  /** How the client is told: as the adapter sets headers, or past it where a handler writes past it. */
  private headers: ResponseHeaders;

  constructor(
    protected override readonly environment: HttpEnvironment,
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    adapterHeaders: ResponseHeaders,
  ) {
    super(environment);
    this.headers = adapterHeaders;
  }

  /** Whether a unit is open that must end before the response's first byte goes out. */
  get awaitsFirstByte(): boolean {
    return this.endsWithFirstByte && this.isInHandler && this.state === 'open';
  }

  protected override origin(isReadOnly: boolean): OpenRequest {
    this.client = this.environment.clientIds.of(this.request.headers);
    return { key: this.client.key, isReadOnly, whenAbsent: 'newId' };
  }

  protected override watch(): void {
    const { response } = this;
    // Refused by a guard or a pipe, or the client has gone: nobody else would end the unit. A handler that is running
    // ends its unit itself, also when its client has gone: what it did outside the session happened too.
    const close = (): void => {
      if (this.endsWithFirstByte || !this.isInHandler) this.abandon();
    };
    if (response.destroyed) return close();
    response.once('close', close);
    if (!this.endsWithFirstByte) return;
    const isOver = (): boolean => !this.awaitsFirstByte;
    holdHead(response, {
      get isOver() {
        return isOver();
      },
      settle: async () => {
        this.headers = rawHeaders(response);
        await this.settle();
      },
    });
  }

  protected override tell({ identity }: UnitOfWork): void {
    if (identity.kind === 'same' || this.client === undefined) return;
    // A held head counts as sent for everybody but its own unit.
    if (this.response.headersSent && !this.endsWithFirstByte) return;
    if (identity.kind === 'issued') this.client.source.issue(this.headers, identity.id);
    else this.client.source.clear(this.headers);
  }
}
