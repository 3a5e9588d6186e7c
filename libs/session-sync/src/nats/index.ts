export { connectNatsStore } from './connect-nats-store.js';
export type { NatsConnectionOptions, NatsExistingConnection, NatsServersOptions } from './client/connection-options.js';
export type { NatsStore } from './nats-store.js';
export type { NatsLayout, NatsStoreOptions } from './store-options.js';
export {
  joinOrStartEmbeddedNats,
  startEmbeddedNats,
  type EmbeddedNats,
  type EmbeddedNatsOptions,
} from './embedded/index.js';
