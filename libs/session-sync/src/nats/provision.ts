import { InvalidOptionsError, StoreUnavailableError } from '../core/errors/index.js';
import { recordAt, type JsonRecord } from './api-json.js';
import { askApi, refusal } from './jetstream-api.js';
import type { ReplyMux } from './reply-mux.js';
import { settingDifferences, type StreamSettings } from './stream-settings.js';
import { streamApi } from './subjects.js';

const NO_STREAM = 10059;
const NAME_IN_USE = 10058;

/**
 * Makes the stream unless it is there, then reads it back and compares: servers drop settings they don't know without a
 * word. `wanted` are the layouts that will do, the best first; only that one is made.
 * @returns the settings the stream has
 * @throws InvalidOptionsError with each difference
 * @throws StoreUnavailableError when JetStream doesn't answer or refuses
 */
export async function provisionStream(
  mux: ReplyMux,
  wanted: readonly [StreamSettings, ...StreamSettings[]],
  timeoutMs: number,
): Promise<JsonRecord> {
  const [best] = wanted;
  const actual = (await readSettings(mux, best.name, timeoutMs)) ?? (await create(mux, best, timeoutMs));
  for (const settings of wanted) if (settingDifferences(settings, actual).length === 0) return actual;
  throw new InvalidOptionsError(`stream ${best.name} exists with other settings`, [
    ...settingDifferences(best, actual),
    'change the stream, or give the store another name',
  ]);
}

async function create(mux: ReplyMux, settings: StreamSettings, timeoutMs: number): Promise<JsonRecord> {
  const api = streamApi('CREATE', settings.name);
  const answer = await askApi(mux, api, settings, timeoutMs);
  if (answer.kind === 'failure' && answer.failure.errCode !== NAME_IN_USE) throw refusal(answer.failure, api);
  const actual = await readSettings(mux, settings.name, timeoutMs);
  if (actual === undefined) throw new StoreUnavailableError(`stream ${settings.name} was made, but is not there`);
  return actual;
}

async function readSettings(mux: ReplyMux, stream: string, timeoutMs: number): Promise<JsonRecord | undefined> {
  const api = streamApi('INFO', stream);
  const answer = await askApi(mux, api, undefined, timeoutMs);
  if (answer.kind === 'failure') {
    if (answer.failure.errCode === NO_STREAM) return undefined;
    throw refusal(answer.failure, api);
  }
  return recordAt(answer.body, 'config') ?? {};
}
