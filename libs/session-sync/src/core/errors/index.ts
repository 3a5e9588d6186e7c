export { SessionSyncError, type SessionSyncErrorDetails } from './session-sync-error.js';
export { AttributeCompareError, InvalidAttributeError, type AttributeProblem } from './attribute-errors.js';
export {
  AttributeDecodeError,
  AttributeVersionError,
  ImmutableAttributeError,
  InvalidOptionsError,
  PatchMismatchError,
  UnknownAttributeError,
  UnsupportedValueError,
} from './value-errors.js';
export { AbandonedObjectError, NoUnitError, SessionNotOpenError, UnitEndedError } from './unit-errors.js';
export { ByteDeltaError } from './delta-errors.js';
export { CommitConflictError, SessionEndedError, SessionTooLargeError } from './commit-errors.js';
export {
  CommitUnknownError,
  EmbeddedServerError,
  ForeignRecordError,
  ServerTooOldError,
  StoreRegressionError,
  StoreUnavailableError,
} from './store-errors.js';
