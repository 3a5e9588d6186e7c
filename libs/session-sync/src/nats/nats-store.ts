import type { SessionLog } from '../ports/index.js';
import type { ConnectionEvent, NatsClient } from './client/nats-client.js';
import type { ReplyMux } from './reply-mux.js';
import type { StoreClock } from './store-clock.js';

/** The primary state in NATS, as one node sees it. */
export interface NatsStore {
  readonly log: SessionLog;
  /** Generation of the primary state; 0 until another instance is promoted. */
  readonly epoch: number;
  /** Whether a server is connected. While none is, appends answer `unavailable` and reads throw. */
  readonly isAvailable: boolean;
  /** Address of the server connected now, or last. */
  readonly address: string;
  /** Version of that server. */
  readonly serverVersion: string;
  /** Most by which `log.storeNow()` was wrong when it was last measured, in milliseconds. */
  readonly clockErrorMs: number;
  /**
   * Measures the store's clock anew; done at every reconnect besides.
   * @throws StoreUnavailableError
   */
  refreshStoreClock(timeoutMs: number): Promise<void>;
  /** Tells of every change of `isAvailable`, until the returned function is called. */
  onAvailability(listener: (isAvailable: boolean) => void): () => void;
  /** Ends what the store began: what is pending is answered as lost. A connection given from outside stays open. */
  close(): Promise<void>;
}

export interface NatsStoreParts {
  readonly client: NatsClient;
  readonly mux: ReplyMux;
  readonly storeClock: StoreClock;
  readonly log: SessionLog;
  readonly epoch: number;
  readonly timeoutMs: number;
}

export class ConnectedNatsStore implements NatsStore {
  private readonly listeners = new Set<(isAvailable: boolean) => void>();
  private readonly stopFollowing: () => void;

  constructor(private readonly parts: NatsStoreParts) {
    this.stopFollowing = parts.client.onEvent((event) => this.follow(event));
  }

  get log(): SessionLog {
    return this.parts.log;
  }

  get epoch(): number {
    return this.parts.epoch;
  }

  get isAvailable(): boolean {
    return this.parts.client.isConnected;
  }

  get address(): string {
    return this.parts.client.address;
  }

  get serverVersion(): string {
    return this.parts.client.server.version;
  }

  get clockErrorMs(): number {
    return this.parts.storeClock.errorMs;
  }

  refreshStoreClock(timeoutMs: number): Promise<void> {
    return this.parts.storeClock.measure(timeoutMs);
  }

  onAvailability(listener: (isAvailable: boolean) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.stopFollowing();
    this.listeners.clear();
    this.parts.mux.close();
    await this.parts.client.close();
  }

  private follow(event: ConnectionEvent): void {
    if (event.kind === 'denied') return;
    if (event.kind === 'connected') void this.remeasure();
    for (const listener of this.listeners) listener(event.kind === 'connected');
  }

  /** The offset measured before still holds when this fails: the next heartbeat asks again. */
  private async remeasure(): Promise<void> {
    try {
      await this.parts.storeClock.measure(this.parts.timeoutMs);
    } catch {
      return;
    }
  }
}
