export type { Cipher, SealContext } from './cipher.js';
export type { Clock } from './clock.js';
export type { CommitObserver, CommitReport, CommitWarning, UndecodableReport } from './commit-observer.js';
export type { Crypto } from './crypto.js';
export type { Random } from './random.js';
export type {
  AppendOutcome,
  KnownMessage,
  LogHeader,
  LogMessage,
  NewestMessage,
  SessionLog,
  StoredMessage,
} from './session-log.js';
