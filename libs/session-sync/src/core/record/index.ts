export { composeDelta, composeWhole, isBaseSpent, isSnapshotCheaper, type DraftMessage } from './compose-message.js';
export { fold, follows, withCommit, type CodecFor, type StoredPlace } from './fold.js';
export { formatBody, parseBody, type BodyLine } from './message-body.js';
export { formatHeaders, parseHeaders } from './message-headers.js';
export {
  FORMAT_VERSION,
  NOMINAL_HEADER_BYTES,
  type CommitId,
  type SeenCommit,
  type SessionEnd,
  type SessionLife,
  type SessionLock,
  type SessionMessage,
} from './session-message.js';
export { expiresAt, snapshotBytesAtMost, type SeenByNode, type SessionRecord } from './session-record.js';
export { StoredAttribute } from './stored-attribute.js';
