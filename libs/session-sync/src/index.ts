export type {
  AttributeCompare,
  AttributeMerge,
  AttributeName,
  AttributeOptions,
  DeepReadonly,
  TrackPolicy,
  UndecodablePolicy,
} from './core/access/index.js';
export type { AttributeMigrations, MigrationStep } from './core/codec/index.js';
export {
  AbandonedObjectError,
  AttributeCompareError,
  AttributeDecodeError,
  AttributeVersionError,
  CommitConflictError,
  CommitUnknownError,
  EmbeddedServerError,
  ForeignRecordError,
  ImmutableAttributeError,
  InvalidAttributeError,
  InvalidOptionsError,
  NoUnitError,
  PatchMismatchError,
  ServerTooOldError,
  SessionEndedError,
  SessionNotOpenError,
  SessionSyncError,
  SessionTooLargeError,
  StoreRegressionError,
  StoreUnavailableError,
  UnitEndedError,
  UnknownAttributeError,
  UnsupportedValueError,
  type AttributeProblem,
} from './core/errors/index.js';
export type { AttributeValidator, StandardSchema, ValidationAnswer } from './core/validation/index.js';
export { AddWinsSet, Counter, type MergePolicy } from './core/patch/index.js';
export type { NodeId, SessionId, SessionKey } from './core/session/identity.js';
export type { Revision } from './core/session/revision.js';
export {
  cookie,
  CurrentSession,
  header,
  NoSession,
  ReadOnlySession,
  SessionAttr,
  SessionErrorFilter,
  SessionLock,
  SessionSync,
  SessionSyncModule,
  type CookieIdOptions,
  type HeaderIdOptions,
  type IdOption,
  type SessionAttrParameterOptions,
  type SessionSyncFactoryOptions,
  type SessionSyncModuleAsyncOptions,
  type SessionSyncModuleOptions,
  type SessionSyncOptionsFactory,
} from './nest/index.js';
export { SessionClientNats, SessionServerNats } from './nest/rpc/index.js';
export {
  COMMIT_CHANNEL,
  UNDECODABLE_CHANNEL,
  WARNING_CHANNEL,
  type ClientStateOptions,
  type CommitEvent,
  type RunOptions,
  type SessionSyncStats,
  type UndecodableEvent,
  type WarningEvent,
} from './standalone/index.js';
export { SessionState } from './unit-context/index.js';
