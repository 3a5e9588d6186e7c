import type { Msg, MsgHdrs } from '@nats-io/transport-node';
import type { LogHeader } from '../../ports/index.js';
import { decodeHeaderBlock, type DecodedHeaders } from '../header-block.js';
import { headerBytes } from './header-bytes.js';
import type { NatsMessage } from './nats-message.js';

const NONE: DecodedHeaders = { status: 0, statusText: '', pairs: [] };

/** A message of `@nats-io/transport-node` 3. */
export class TransportNodeMessage implements NatsMessage {
  private decoded: DecodedHeaders | undefined;

  constructor(private readonly message: Msg) {}

  get subject(): string {
    return this.message.subject;
  }

  get body(): Uint8Array {
    return this.message.data;
  }

  get status(): number {
    return this.head().status;
  }

  get statusText(): string {
    return this.head().statusText;
  }

  text(): string {
    return this.message.string();
  }

  header(name: string): string | undefined {
    return this.head().pairs.find((pair) => pair[0] === name)?.[1];
  }

  headers(): readonly LogHeader[] {
    return this.head().pairs;
  }

  private head(): DecodedHeaders {
    this.decoded ??= this.decode();
    return this.decoded;
  }

  private decode(): DecodedHeaders {
    const bytes = headerBytes(this.message);
    if (bytes !== undefined) return decodeHeaderBlock(bytes);
    try {
      return this.message.headers === undefined ? NONE : fromLibrary(this.message.headers);
    } catch {
      // The library throws on header names it wouldn't write itself; such a message is somebody else's.
      return NONE;
    }
  }
}

function fromLibrary(headers: MsgHdrs): DecodedHeaders {
  const pairs: LogHeader[] = [];
  for (const [name, values] of headers) for (const value of values) pairs.push([name, value]);
  return { status: headers.code, statusText: headers.description, pairs };
}
