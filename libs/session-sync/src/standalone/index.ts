export { createSessionSync } from './create-session-sync.js';
export { compose, DEFAULT_NAME, type Composition } from './compose-session-sync.js';
export {
  COMMIT_CHANNEL,
  UNDECODABLE_CHANNEL,
  WARNING_CHANNEL,
  type CommitEvent,
  type UndecodableEvent,
  type WarningEvent,
} from './platform/diagnostics-observer.js';
export type { RunOptions } from './run-options.js';
export { SessionAttr } from './session-attr.js';
export { SessionSync, type SessionSyncStats } from './session-sync.js';
export {
  checkOptions,
  problemsOfOptions,
  type ClientStateOptions,
  type SessionSyncOptions,
} from './session-sync-options.js';
export { startEmbeddedNats, type EmbeddedNats, type EmbeddedNatsOptions } from '../nats/index.js';
