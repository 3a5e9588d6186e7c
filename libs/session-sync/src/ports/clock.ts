/** Time, as the engine sees it. Virtual in simulation and tests. */
export interface Clock {
  /** Milliseconds that only grow; comparable within one process. */
  monotonicMs(): number;
  /** Resolves after at least `durationMs`. Doesn't keep the process alive. */
  sleep(durationMs: number): Promise<void>;
}
