import { InvalidOptionsError, StoreUnavailableError } from '../../core/errors/index.js';
import { addressesOf, isExistingConnection, type NatsConnectionOptions } from './connection-options.js';
import type { NatsClient } from './nats-client.js';
import { TransportNodeClient } from './transport-node-client.js';

const CLIENT_PACKAGE = '@nats-io/transport-node';
const RETRY_AFTER_MS = 5000;

/**
 * Connects, or takes the connection given.
 * @throws InvalidOptionsError when the client package isn't installed
 * @throws StoreUnavailableError when no server of `servers` can be reached
 */
export async function connectClient(options: NatsConnectionOptions, load = importLibrary): Promise<NatsClient> {
  const library = await loadLibrary(load);
  const { inboxPrefix } = options;
  if (isExistingConnection(options)) {
    return new TransportNodeClient(options.connection, library, { isOwn: false, inboxPrefix });
  }
  const servers = typeof options.servers === 'string' ? [options.servers] : [...options.servers];
  try {
    const connection = await library.connect({
      timeout: 5000,
      pingInterval: 10_000,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      reconnectJitterTLS: 500,
      maxReconnectAttempts: -1,
      ignoreAuthErrorAbort: true,
      ...options,
      servers,
    });
    return new TransportNodeClient(connection, library, { isOwn: true, inboxPrefix });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreUnavailableError(
      `no connection to ${addressesOf(options)} (${reason}); check that nats-server runs there, and the credentials`,
      RETRY_AFTER_MS,
      { cause },
    );
  }
}

type Library = typeof import('@nats-io/transport-node');

/** Loaded only here, so that a missing peer dependency is an error that says what to install. */
async function loadLibrary(load: () => Promise<Library>): Promise<Library> {
  try {
    return await load();
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND');
    if (!isMissing) throw error;
    throw new InvalidOptionsError('nats', [
      `the package ${CLIENT_PACKAGE} isn't installed: npm install ${CLIENT_PACKAGE}@3`,
    ]);
  }
}

function importLibrary(): Promise<Library> {
  return import('@nats-io/transport-node');
}
