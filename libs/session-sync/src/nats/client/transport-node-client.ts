import type { MsgHdrs, NatsConnection, Status } from '@nats-io/transport-node';
import type { HeaderBlock } from '../header-block.js';
import type { ConnectionEvent, NatsClient, PublishOptions, ServerFacts } from './nats-client.js';
import type { NatsMessage } from './nats-message.js';
import { TransportNodeMessage } from './transport-node-message.js';

/** What of the library is needed beside a connection. */
export interface TransportNodeLibrary {
  headers(): MsgHdrs;
  createInbox(prefix?: string): string;
}

/** Whose connection it is, and where its replies may come to. */
export interface ConnectionUse {
  /** Whether `close()` closes it. */
  readonly isOwn: boolean;
  readonly inboxPrefix: string | undefined;
}

/** The seam over `@nats-io/transport-node` 3. */
export class TransportNodeClient implements NatsClient {
  private readonly listeners = new Set<(event: ConnectionEvent) => void>();
  private lastServer: ServerFacts;
  private isUp: boolean;
  /** Whether we have closed: the connection may live on when it isn't ours. */
  private isLeft = false;
  /** Whether the library asks a header object for its bytes; undefined until the first message with headers. */
  private takesBlocks: boolean | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly library: TransportNodeLibrary,
    private readonly use: ConnectionUse,
  ) {
    this.isUp = connection.info !== undefined && !connection.isClosed();
    this.lastServer = { version: '0.0.0', isClustered: false, maxPayloadBytes: 0 };
    void this.follow().catch(() => undefined);
  }

  get isConnected(): boolean {
    return (
      this.isUp && this.connection.info !== undefined && !this.connection.isClosed() && !this.connection.isDraining()
    );
  }

  get isClosed(): boolean {
    return this.connection.isClosed();
  }

  get server(): ServerFacts {
    const info = this.connection.info;
    if (info !== undefined) {
      this.lastServer = {
        version: info.version,
        isClustered: info.cluster !== undefined && info.cluster !== '',
        maxPayloadBytes: info.max_payload,
      };
    }
    return this.lastServer;
  }

  get address(): string {
    return `nats://${this.connection.getServer()}`;
  }

  publish(subject: string, body: Uint8Array, options: PublishOptions = {}): void {
    const headers = options.headers === undefined ? undefined : this.wireHeaders(options.headers);
    this.connection.publish(subject, body, {
      ...(options.reply === undefined ? {} : { reply: options.reply }),
      ...(headers === undefined ? {} : { headers: headers.carrier }),
    });
    if (headers !== undefined) this.takesBlocks ??= headers.wasAskedForBytes();
  }

  subscribe(subject: string, received: (message: NatsMessage) => void, failed: (what: string) => void): () => void {
    const subscription = this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) received(new TransportNodeMessage(message));
        else failed(error.message);
      },
    });
    return () => {
      if (!subscription.isClosed()) subscription.unsubscribe();
    };
  }

  newInbox(): string {
    return this.library.createInbox(this.use.inboxPrefix);
  }

  onEvent(listener: (event: ConnectionEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.isLeft = true;
    this.isUp = false;
    this.listeners.clear();
    if (this.use.isOwn && !this.connection.isClosed()) await this.connection.close();
  }

  /**
   * The library builds and checks headers one by one, 11 µs for a message of ours; bytes made at once take 3 µs. The
   * header object hands out our bytes when it is asked for its own. The first message carries both, right either way,
   * and shows whether it was asked: if another release isn't, the slow way is taken.
   */
  private wireHeaders(block: HeaderBlock): { carrier: MsgHdrs; wasAskedForBytes: () => boolean } {
    let wasAsked = false;
    const carrier = this.library.headers();
    if (this.takesBlocks !== true) for (const [name, value] of block.pairs) carrier.append(name, value);
    if (this.takesBlocks !== false) {
      Object.assign(carrier, {
        encode: () => {
          wasAsked = true;
          return block.bytes;
        },
      });
    }
    return { carrier, wasAskedForBytes: () => wasAsked };
  }

  private async follow(): Promise<void> {
    try {
      for await (const status of this.connection.status()) {
        if (this.isLeft) return;
        this.take(status);
      }
    } finally {
      this.isUp = false;
      this.tell({ kind: 'closed' });
    }
  }

  private take(status: Status): void {
    if (status.type === 'disconnect' || status.type === 'staleConnection') {
      this.isUp = false;
      this.tell({ kind: 'disconnected' });
    } else if (status.type === 'reconnect') {
      this.isUp = true;
      this.tell({ kind: 'connected' });
    } else if (status.type === 'error') {
      const error = status.error;
      if ('operation' in error && error.operation === 'publish' && 'subject' in error) {
        this.tell({ kind: 'denied', subject: String(error.subject), what: error.message });
      }
    }
  }

  private tell(event: ConnectionEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
