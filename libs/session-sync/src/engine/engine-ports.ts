import type { Cipher, Clock, CommitObserver, Crypto, Random, SessionLog } from '../ports/index.js';

/** Everything outside the engine that it works with. */
export interface EnginePorts {
  readonly log: SessionLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  /** Seals secret attributes in the store; without one they are stored in the clear. */
  readonly cipher?: Cipher;
  readonly observer: CommitObserver;
}
