export { SessionSyncError, type SessionSyncErrorDetails } from './session-sync-error.js';
export { AttributeCompareError, InvalidAttributeError, type AttributeProblem } from './attribute-errors.js';
export {
  AttributeDecodeError,
  ImmutableAttributeError,
  InvalidOptionsError,
  PatchMismatchError,
  UnknownAttributeError,
  UnsupportedValueError,
} from './value-errors.js';
export { NoUnitError, SessionNotOpenError, UnitEndedError } from './unit-errors.js';
export { CommitConflictError, SessionEndedError, SessionTooLargeError } from './commit-errors.js';
export {
  CommitUnknownError,
  EmbeddedServerError,
  ForeignRecordError,
  ServerTooOldError,
  StoreRegressionError,
  StoreUnavailableError,
} from './store-errors.js';
