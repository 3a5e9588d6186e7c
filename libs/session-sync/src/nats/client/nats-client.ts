import type { HeaderBlock } from '../header-block.js';
import type { NatsMessage } from './nats-message.js';

/** What the connected server says of itself. */
export interface ServerFacts {
  /** As `2.14.0`. */
  readonly version: string;
  readonly isClustered: boolean;
  readonly maxPayloadBytes: number;
}

/** What happened to the connection. `denied` = the server refused one publish to `subject` for want of permission. */
export type ConnectionEvent =
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'denied'; readonly subject: string; readonly what: string };

export interface PublishOptions {
  readonly headers?: HeaderBlock;
  /** Subject for the answer. */
  readonly reply?: string;
}

/**
 * The one seam to a NATS client library: core messaging and nothing else, so that every supported client fits behind
 * it. JetStream is spoken as subjects and JSON above it.
 */
export interface NatsClient {
  /** Whether a server is connected now. While it isn't, nothing may be published: clients buffer it or lose it. */
  readonly isConnected: boolean;
  /** Whether the connection has ended for good: it won't come back by itself. */
  readonly isClosed: boolean;
  /** Facts of the server connected now, or last. */
  readonly server: ServerFacts;
  /** Address of the server connected now, or last, as people write it. */
  readonly address: string;
  /** @throws what the library throws when it takes no message of this kind; nothing was sent then. */
  publish(subject: string, body: Uint8Array, options?: PublishOptions): void;
  /** Calls back for every message until the returned function is called. `failed` when the server ends the subscription. */
  subscribe(subject: string, received: (message: NatsMessage) => void, failed: (what: string) => void): () => void;
  /** An unguessable subject of one's own, without wildcard. */
  newInbox(): string;
  /** Tells what happens to the connection until the returned function is called. */
  onEvent(listener: (event: ConnectionEvent) => void): () => void;
  /** Ends the connection, unless it was somebody else's. */
  close(): Promise<void>;
}
