import type { Clock, CommitObserver, Crypto, Random, SessionLog } from '../ports/index.js';

/** Everything outside the engine that it works with. */
export interface EnginePorts {
  readonly log: SessionLog;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: Crypto;
  readonly observer: CommitObserver;
}
