import { StoreUnavailableError } from '../core/errors/index.js';
import type { Clock } from '../ports/index.js';
import { numberAt, parseRecord, recordAt } from './api-json.js';
import { connectClient } from './client/connect-client.js';
import type { NatsClient } from './client/nats-client.js';
import { agreeOnConfiguration } from './configuration-record.js';
import { DirectReader } from './direct-reader.js';
import { failureIn, whatOf } from './jetstream-api.js';
import { LeaderReader } from './leader-reader.js';
import { NatsSessionLog } from './nats-session-log.js';
import { ConnectedNatsStore, type NatsStore } from './nats-store.js';
import { provisionStream } from './provision.js';
import { ReplyMux } from './reply-mux.js';
import { refuseOldServer } from './server-version.js';
import type { SessionBucket } from './session-bucket.js';
import { StoreClock } from './store-clock.js';
import { storeSettings, type NatsStoreOptions, type NatsStoreSettings } from './store-options.js';
import { MAX_MESSAGES_PER_SESSION, metaStream, sessionStream } from './stream-settings.js';
import { ACCOUNT_INFO, sessionBucket, streamOf } from './subjects.js';

/** API level of the first server that expires single messages and answers direct gets in batches (2.11). */
const LEVEL_OF_MESSAGE_EXPIRY = 1;
const RETRY_AFTER_MS = 5000;

/**
 * Connects to NATS, makes the buckets unless they are there, checks them, and gives the session log over them.
 * A connection lost later comes back by itself, without limit.
 *
 * @throws InvalidOptionsError for wrong options, a missing client package, buckets or a configuration record that differ
 * @throws ServerTooOldError
 * @throws StoreUnavailableError when no server answers, or it has no JetStream
 */
export async function connectNatsStore(options: NatsStoreOptions): Promise<NatsStore> {
  const settings = storeSettings(options);
  const client = await connectClient(options.nats);
  const mux = new ReplyMux(client, options.clock);
  try {
    return await openStore(client, mux, settings, options.clock);
  } catch (error) {
    mux.close();
    await client.close();
    throw error;
  }
}

async function openStore(
  client: NatsClient,
  mux: ReplyMux,
  settings: NatsStoreSettings,
  clock: Clock,
): Promise<NatsStore> {
  refuseOldServer(client.server);
  const level = await apiLevel(client, mux, settings.timeoutMs);
  await provisionStream(mux, [metaStream(settings)], settings.timeoutMs);
  const epoch = await agreeOnConfiguration(mux, settings, clock);
  const first = await openBucket(mux, settings, 0, level);
  const buckets: [SessionBucket, ...SessionBucket[]] = [first];
  for (let shard = 1; shard < settings.shards; shard++) buckets.push(await openBucket(mux, settings, shard, level));
  const storeClock = new StoreClock(mux, first.stream, clock);
  await storeClock.measure(settings.timeoutMs);
  const log = new NatsSessionLog({ client, mux, clock, storeClock, buckets });
  return new ConnectedNatsStore({ client, mux, storeClock, log, epoch, timeoutMs: settings.timeoutMs });
}

/** What the server's JetStream can do; 0 before 2.11. */
async function apiLevel(client: NatsClient, mux: ReplyMux, timeoutMs: number): Promise<number> {
  const reply = await mux.askPlain(ACCOUNT_INFO, timeoutMs);
  const body = reply.kind === 'message' ? parseRecord(reply.message.text()) : undefined;
  const failure = body === undefined ? undefined : failureIn(body);
  if (body === undefined || failure !== undefined) {
    const reason = failure?.description ?? (reply.kind === 'message' ? 'no JSON' : whatOf(reply));
    throw new StoreUnavailableError(
      `JetStream can't be used on ${client.address} (${reason}); start nats-server with -js or a jetstream block, and enable it for this account`,
      RETRY_AFTER_MS,
    );
  }
  return numberAt(recordAt(body, 'api'), 'level') ?? 0;
}

async function openBucket(
  mux: ReplyMux,
  settings: NatsStoreSettings,
  shard: number,
  level: number,
): Promise<SessionBucket> {
  const bucket = sessionBucket(settings.name, shard);
  const stream = streamOf(bucket);
  const whole = sessionStream(settings, bucket, false);
  // A bucket made on an older server stays as it is: its messages go on expiring by their age.
  const wanted =
    level >= LEVEL_OF_MESSAGE_EXPIRY ? ([sessionStream(settings, bucket, true), whole] as const) : ([whole] as const);
  const actual = await provisionStream(mux, wanted, settings.timeoutMs);
  const maxMessageBytes = numberAt(actual, 'max_msg_size') ?? -1;
  return {
    bucket,
    stream,
    reader:
      settings.replicas === 1
        ? new DirectReader(mux, stream, MAX_MESSAGES_PER_SESSION, level >= LEVEL_OF_MESSAGE_EXPIRY)
        : new LeaderReader(mux, stream, MAX_MESSAGES_PER_SESSION),
    expiresMessages: actual['allow_msg_ttl'] === true,
    maxMessageBytes: maxMessageBytes > 0 ? maxMessageBytes : Number.POSITIVE_INFINITY,
  };
}
