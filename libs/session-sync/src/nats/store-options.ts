import { InvalidOptionsError } from '../core/errors/index.js';
import type { Clock } from '../ports/index.js';
import type { NatsConnectionOptions } from './client/connection-options.js';
import { isStoreName } from './subjects.js';

/** How the primary state is laid out. Written once: a node with other settings is refused. */
export interface NatsLayout {
  /** Buckets the sessions are spread over; default 1. The module takes no other number yet. */
  readonly shards?: number;
  /** Servers that keep each message: 1 (default), 3 or 5. */
  readonly replicas?: number;
  /** `file` (default), or `memory`: gone when the server stops. */
  readonly storage?: 'file' | 'memory';
}

/** What a store on NATS is connected with and laid out by. */
export interface NatsStoreOptions {
  /** Prefix of buckets and subjects: 1 to 64 of letters, digits, `_` and `-`. */
  readonly name: string;
  readonly nats: NatsConnectionOptions;
  readonly store?: NatsLayout;
  /**
   * How long servers without expiry of single messages (before 2.11) keep each one, in milliseconds; there the `keepMs`
   * of an append doesn't count. Default 24 h.
   */
  readonly keepAllMs?: number;
  /** Time for each question at the start, in milliseconds; default 5,000. */
  readonly startTimeoutMs?: number;
  readonly clock: Clock;
}

/** The options with their defaults. */
export interface NatsStoreSettings {
  readonly name: string;
  readonly shards: number;
  readonly replicas: number;
  readonly storage: 'file' | 'memory';
  readonly keepAllMs: number;
  readonly timeoutMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** @throws InvalidOptionsError with everything that is wrong */
export function storeSettings(options: NatsStoreOptions): NatsStoreSettings {
  const { shards = 1, replicas = 1, storage = 'file' } = options.store ?? {};
  const { keepAllMs = DAY_MS, startTimeoutMs = 5000 } = options;
  const problems: string[] = [];
  if (!isStoreName(options.name)) problems.push(`name "${options.name}" must be 1 to 64 letters, digits, "_" or "-"`);
  if (!Number.isInteger(shards) || shards < 1 || shards > 64)
    problems.push(`store.shards is ${shards}, must be 1 to 64`);
  if (![1, 3, 5].includes(replicas)) problems.push(`store.replicas is ${replicas}, must be 1, 3 or 5`);
  if (storage !== 'file' && storage !== 'memory')
    problems.push(`store.storage is "${String(storage)}", must be "file" or "memory"`);
  if (!(keepAllMs >= 1000)) problems.push(`keepAllMs is ${keepAllMs}, must be at least 1000`);
  if (!(startTimeoutMs >= 1)) problems.push(`startTimeoutMs is ${startTimeoutMs}, must be positive`);
  if (problems.length > 0) throw new InvalidOptionsError('NATS store', problems);
  return { name: options.name, shards, replicas, storage, keepAllMs, timeoutMs: startTimeoutMs };
}
