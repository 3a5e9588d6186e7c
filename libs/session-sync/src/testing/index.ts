export {
  FaultySessionLog,
  ManualClock,
  MemorySessionLog,
  type AppendFault,
  type MemorySessionLogOptions,
} from '../memory/index.js';
export {
  connectNatsStore,
  joinOrStartEmbeddedNats,
  startEmbeddedNats,
  type EmbeddedNats,
  type EmbeddedNatsOptions,
  type NatsConnectionOptions,
  type NatsLayout,
  type NatsStore,
  type NatsStoreOptions,
} from '../nats/index.js';
export { NodeClock } from '../standalone/platform/node-clock.js';
export type {
  AppendOutcome,
  Clock,
  KnownMessage,
  LogHeader,
  LogMessage,
  NewestMessage,
  SessionLog,
  StoredMessage,
} from '../ports/index.js';
export type { SessionKey } from '../core/session/identity.js';
export type { Revision } from '../core/session/revision.js';
export { MemoryNode, type MemoryNodeOptions } from './memory-node.js';
