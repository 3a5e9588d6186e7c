/** Times and bounds of one module's sessions; all durations in milliseconds. */
export interface EngineSettings {
  /** A session ends this long after its last use. */
  readonly idleMs: number;
  /** … and this long after it began at the latest. */
  readonly absoluteMs: number;
  /** One open or commit gets an outcome within this time. */
  readonly storeDeadlineMs: number;
  /** How long units that had opened a session may follow it to its new id. */
  readonly graceMs: number;
  /** Most bytes of one session's attributes, encoded; the store may take less. */
  readonly maxSessionBytes: number;
  /** Most sessions kept as client state. */
  readonly maxSessions: number;
  /** Most bytes of encoded attributes kept as client state. */
  readonly maxClientBytes: number;
}

export const DEFAULT_SETTINGS: EngineSettings = {
  idleMs: 30 * 60_000,
  absoluteMs: 12 * 60 * 60_000,
  storeDeadlineMs: 2_000,
  graceMs: 30_000,
  maxSessionBytes: Number.MAX_SAFE_INTEGER,
  maxSessions: 10_000,
  maxClientBytes: 64 * 1024 * 1024,
};

/** A use that commits nothing prolongs the session at most once in this part of its idle time. */
export const TOUCHES_PER_IDLE = 10;

/** Kept free in every message for headers and for what a later commit must still be able to say. */
export const MESSAGE_RESERVE_BYTES = 16 * 1024;
