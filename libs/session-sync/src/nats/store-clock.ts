import { StoreUnavailableError } from '../core/errors/index.js';
import type { Clock } from '../ports/index.js';
import { textAt } from './api-json.js';
import { askApi, refusal } from './jetstream-api.js';
import type { ReplyMux } from './reply-mux.js';
import { streamApi } from './subjects.js';
import { fromTimestamp } from './units.js';

const SAMPLES = 3;

interface Sample {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** The leader's wall clock, as this node's monotonic clock plus an offset. */
export class StoreClock {
  private best: Sample | undefined;

  constructor(
    private readonly mux: ReplyMux,
    private readonly stream: string,
    private readonly clock: Clock,
  ) {}

  /** Epoch milliseconds, wrong by at most half of the round trip it was measured with. */
  now(): number {
    return this.clock.monotonicMs() + (this.best?.offsetMs ?? 0);
  }

  /** Most by which `now()` may have been wrong when it was measured, in milliseconds. */
  get errorMs(): number {
    return this.best === undefined ? Number.POSITIVE_INFINITY : this.best.roundTripMs / 2;
  }

  /**
   * Asks the leader for its time, a few times, and takes the quickest answer.
   * @throws StoreUnavailableError when none comes
   */
  async measure(timeoutMs: number): Promise<void> {
    let best = await this.sample(timeoutMs);
    for (let count = 1; count < SAMPLES; count++) {
      const sample = await this.sample(timeoutMs);
      if (sample.roundTripMs < best.roundTripMs) best = sample;
    }
    this.best = best;
  }

  private async sample(timeoutMs: number): Promise<Sample> {
    const api = streamApi('INFO', this.stream);
    const sentMs = this.clock.monotonicMs();
    const answer = await askApi(this.mux, api, undefined, timeoutMs);
    const roundTripMs = this.clock.monotonicMs() - sentMs;
    if (answer.kind === 'failure') throw refusal(answer.failure, api);
    const storeMs = fromTimestamp(textAt(answer.body, 'ts'));
    if (storeMs === undefined) throw new StoreUnavailableError(`${api} answered without its time`);
    return { offsetMs: storeMs - (sentMs + roundTripMs / 2), roundTripMs };
  }
}
