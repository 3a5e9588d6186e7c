import { describeSession } from '../core/access/index.js';
import { InvalidOptionsError } from '../core/errors/index.js';
import { MESSAGE_RESERVE_BYTES, SessionEngine, SessionSchema } from '../engine/index.js';
import { connectNatsStore, joinOrStartEmbeddedNats, type EmbeddedNats, type NatsStore } from '../nats/index.js';
import { deriveClassCatalog } from '../transformer/index.js';
import { DiagnosticsObserver } from './platform/diagnostics-observer.js';
import { NodeClock } from './platform/node-clock.js';
import { NodeCrypto } from './platform/node-crypto.js';
import { NodeRandom } from './platform/node-random.js';
import { engineSettings, type SessionSyncOptions } from './session-sync-options.js';

/** A running engine and what was started for it. */
export interface Composition {
  readonly engine: SessionEngine;
  readonly store: NatsStore;
  /** Ends what was started: connection and embedded server. */
  close(): Promise<void>;
}

/** The `name` of sessions where the options give none. */
export const DEFAULT_NAME = 'session';

/**
 * Puts engine, NATS and the platform together: what both composition roots share. Options are taken as checked.
 * @throws InvalidOptionsError for the session class | StoreUnavailableError | ServerTooOldError | EmbeddedServerError
 */
export async function compose(options: SessionSyncOptions): Promise<Composition> {
  const { name = DEFAULT_NAME, store: layout } = options;
  const shape = describeSession(options.session);
  const schema = new SessionSchema(shape, deriveClassCatalog(shape), options.onUndecodable);
  const settings = engineSettings(options);
  const clock = new NodeClock();
  const embedded = await embeddedNats(options.nats);
  try {
    const nats = embedded === undefined ? connectionOf(options.nats) : { servers: embedded.url };
    const keepAllMs = Math.max(2 * settings.idleMs, settings.absoluteMs);
    const store = await connectNatsStore({ name, nats, clock, keepAllMs, ...(layout && { store: layout }) });
    await refuseBeyondStore(options, store);
    const ports = {
      log: store.log,
      clock,
      random: new NodeRandom(),
      crypto: new NodeCrypto(),
      observer: new DiagnosticsObserver(name),
    };
    const close = async (): Promise<void> => {
      await store.close();
      await embedded?.stop();
    };
    return { engine: new SessionEngine(ports, settings, schema), store, close };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** A limit that never counts would be relied on in vain. */
async function refuseBeyondStore({ maxSessionBytes }: SessionSyncOptions, store: NatsStore): Promise<void> {
  const most = store.log.maxMessageBytes - MESSAGE_RESERVE_BYTES;
  if (maxSessionBytes === undefined || maxSessionBytes <= most) return;
  await store.close();
  throw new InvalidOptionsError('The session store', [
    `maxSessionBytes: ${maxSessionBytes} is more than the ${most} bytes that it takes. Lower it, or raise the server's max_payload.`,
  ]);
}

async function embeddedNats(nats: SessionSyncOptions['nats']): Promise<EmbeddedNats | undefined> {
  if (nats === 'embedded') return joinOrStartEmbeddedNats();
  return 'embedded' in nats && isEmbedded(nats) ? joinOrStartEmbeddedNats(nats.embedded) : undefined;
}

type EmbeddedChoice = Extract<SessionSyncOptions['nats'], { readonly embedded: unknown }>;

function isEmbedded(nats: Exclude<SessionSyncOptions['nats'], string>): nats is EmbeddedChoice {
  return 'embedded' in nats && nats.embedded !== undefined && !('servers' in nats) && !('connection' in nats);
}

function connectionOf(nats: SessionSyncOptions['nats']) {
  if (nats === 'embedded' || isEmbedded(nats)) throw new TypeError('an embedded server is joined by its address');
  return nats;
}
