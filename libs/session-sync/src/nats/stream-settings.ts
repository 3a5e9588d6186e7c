import { asRecord, type JsonRecord } from './api-json.js';
import type { NatsStoreSettings } from './store-options.js';
import { changedSubject, keySubject, metaBucket, streamOf } from './subjects.js';
import { fromNanos, toNanos } from './units.js';

/** Most messages of one session: past this an append is refused instead of dropping the oldest. */
export const MAX_MESSAGES_PER_SESSION = 1024;

/** How long the server's marker of an expired session stands; also the shortest time a message is kept. */
const MARKER_MS = 2000;
const DUPLICATE_WINDOW_MS = 120_000;

/** Settings of a stream, as `STREAM.CREATE` takes and `STREAM.INFO` gives them. */
export type StreamSettings = JsonRecord & { readonly name: string };

/** The stream behind a bucket of sessions; on servers that can't expire single messages the whole bucket expires. */
export function sessionStream(settings: NatsStoreSettings, bucket: string, expiresMessages: boolean): StreamSettings {
  const { name, replicas, storage, keepAllMs } = settings;
  return {
    ...bucketBasics(bucket, replicas, storage),
    max_msgs_per_subject: MAX_MESSAGES_PER_SESSION,
    discard: 'new',
    discard_new_per_subject: true,
    republish: { src: keySubject(bucket, '>'), dest: changedSubject(name, bucket, '>') },
    ...(expiresMessages
      ? { max_age: 0, allow_msg_ttl: true, subject_delete_marker_ttl: toNanos(MARKER_MS) }
      : { max_age: toNanos(keepAllMs), duplicate_window: toNanos(Math.min(keepAllMs, DUPLICATE_WINDOW_MS)) }),
  };
}

/** The stream behind the bucket of the configuration record. */
export function metaStream(settings: NatsStoreSettings): StreamSettings {
  return {
    ...bucketBasics(metaBucket(settings.name), settings.replicas, settings.storage),
    max_msgs_per_subject: 1,
    discard: 'new',
    max_age: 0,
  };
}

/** What makes a stream a KV bucket. */
function bucketBasics(bucket: string, replicas: number, storage: 'file' | 'memory'): StreamSettings {
  return {
    name: streamOf(bucket),
    subjects: [keySubject(bucket, '>')],
    retention: 'limits',
    max_consumers: -1,
    max_msgs: -1,
    max_bytes: -1,
    max_msg_size: -1,
    storage,
    num_replicas: replicas,
    allow_direct: true,
    allow_rollup_hdrs: true,
    deny_delete: true,
    deny_purge: false,
  };
}

/** Settings an operator may choose freely: nothing is lost silently by them. */
const FREE: ReadonlySet<string> = new Set([
  'max_consumers',
  'max_bytes',
  'max_msg_size',
  'duplicate_window',
  'deny_purge',
]);
/** Settings that would lose or change messages if they were set on a stream of ours. */
const FORBIDDEN = ['mirror', 'sources', 'subject_transform', 'sealed', 'no_ack', 'persist_mode'];
const IN_NANOS: ReadonlySet<string> = new Set(['max_age', 'subject_delete_marker_ttl']);

/** What of `actual` isn't as `wanted`, one sentence each. */
export function settingDifferences(wanted: StreamSettings, actual: JsonRecord): readonly string[] {
  const differences: string[] = [];
  for (const [setting, value] of Object.entries(wanted)) {
    if (!FREE.has(setting) && !isSame(value, actual[setting])) {
      differences.push(`${setting} is ${shown(setting, actual[setting])}, must be ${shown(setting, value)}`);
    }
  }
  for (const setting of FORBIDDEN) {
    const value = actual[setting];
    if (value !== undefined && value !== null && value !== false && value !== '' && value !== 'default') {
      differences.push(`${setting} is set, must not be`);
    }
  }
  return differences;
}

/** Compares what was asked for with what came back: absent means 0, false or empty. */
function isSame(wanted: unknown, actual: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(actual) && wanted.length === actual.length && wanted.every((one, at) => one === actual[at]);
  }
  const record = asRecord(wanted);
  if (record !== undefined) {
    const other = asRecord(actual) ?? {};
    return Object.entries(record).every(([name, value]) => isSame(value, other[name]));
  }
  return wanted === actual || (actual === undefined && (wanted === 0 || wanted === false));
}

function shown(setting: string, value: unknown): string {
  if (value === undefined) return 'not set';
  return IN_NANOS.has(setting) && typeof value === 'number' ? `${fromNanos(value)} ms` : JSON.stringify(value);
}
