import { InvalidOptionsError, StoreUnavailableError } from '../core/errors/index.js';
import { parseRecord } from './api-json.js';
import { appendOutcome } from './append-outcome.js';
import { headerBlock } from './header-block.js';
import { jsonBytes } from './jetstream-api.js';
import { LeaderReader } from './leader-reader.js';
import type { ReplyMux } from './reply-mux.js';
import type { NatsStoreSettings } from './store-options.js';
import { Deadline } from './subject-reader.js';
import { keySubject, metaBucket, streamOf } from './subjects.js';
import type { Clock } from '../ports/index.js';

/** Version of the storage format this package reads and writes: docs/protocol.md. */
const FORMAT = 1;
const FIRST_EPOCH = 0;
const KEY = 'config';

/**
 * Writes the record of the layout unless it is there, reads it back, and compares.
 * @returns the epoch of the primary state
 * @throws InvalidOptionsError naming each difference between the record and this node's settings
 * @throws StoreUnavailableError
 */
export async function agreeOnConfiguration(mux: ReplyMux, settings: NatsStoreSettings, clock: Clock): Promise<number> {
  const bucket = metaBucket(settings.name);
  const subject = keySubject(bucket, KEY);
  const reader = new LeaderReader(mux, streamOf(bucket), 1);
  const wanted = { format: FORMAT, shards: settings.shards, replicas: settings.replicas };
  let record = await read(reader, subject, clock, settings.timeoutMs);
  if (record === undefined) {
    await writeOnce(mux, subject, { ...wanted, epoch: FIRST_EPOCH }, settings.timeoutMs);
    record = await read(reader, subject, clock, settings.timeoutMs);
  }
  if (record === undefined) throw new StoreUnavailableError(`the record at ${subject} was written, but is not there`);
  return compare(parseRecord(record) ?? {}, wanted, subject);
}

async function read(
  reader: LeaderReader,
  subject: string,
  clock: Clock,
  timeoutMs: number,
): Promise<string | undefined> {
  const found = await reader.newest(subject, new Deadline(clock, timeoutMs));
  return found?.kind === 'message' ? found.message.body : undefined;
}

/** Whoever is first writes; for the others the condition fails, and they read what is there. */
async function writeOnce(mux: ReplyMux, subject: string, record: object, timeoutMs: number): Promise<void> {
  const body = jsonBytes(record);
  const headers = headerBlock([['Nats-Expected-Last-Subject-Sequence', '0']]);
  const reply = await mux.ask({ subject, body, headers, timeoutMs });
  const outcome = appendOutcome(reply, { bytes: body.length, maxBytes: 0 });
  if (outcome.kind === 'unavailable') throw new StoreUnavailableError(outcome.what);
}

function compare(
  record: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, number>>,
  subject: string,
): number {
  const problems: string[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    if (record[name] !== value) problems.push(`${name} is ${JSON.stringify(record[name])} there, ${value} here`);
  }
  const { epoch } = record;
  if (typeof epoch !== 'number') problems.push('it names no epoch');
  if (problems.length > 0) throw new InvalidOptionsError(`the store's configuration at ${subject} differs`, problems);
  return Number(epoch);
}
