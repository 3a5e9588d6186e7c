import { StoreUnavailableError } from '../core/errors/index.js';
import type { Revision } from '../core/session/revision.js';
import { recordAt } from './api-json.js';
import { askApi, refusal } from './jetstream-api.js';
import type { ReplyMux } from './reply-mux.js';
import { fromLeaderGet, type Found } from './stored-message.js';
import { after, revisionOf, type Deadline, type SubjectReader } from './subject-reader.js';
import { streamApi } from './subjects.js';

const NO_MESSAGE = 10037;

/** Reads through the stream's leader: on replicated streams the only place that has what was acknowledged. */
export class LeaderReader implements SubjectReader {
  private readonly api: string;

  constructor(
    private readonly mux: ReplyMux,
    stream: string,
    private readonly maxMessages: number,
  ) {
    this.api = streamApi('MSG.GET', stream);
  }

  newest(subject: string, deadline: Deadline): Promise<Found | undefined> {
    return this.get({ last_by_subj: subject }, deadline);
  }

  next(subject: string, from: Revision, deadline: Deadline): Promise<Found | undefined> {
    return this.get({ seq: Math.max(1, from), next_by_subj: subject }, deadline);
  }

  async range(subject: string, from: Revision, to: Revision, deadline: Deadline): Promise<readonly Found[]> {
    const messages: Found[] = [];
    let seek = from;
    while (seek <= to && messages.length < this.maxMessages) {
      const found = await this.next(subject, seek, deadline);
      if (found === undefined || revisionOf(found) > to) break;
      messages.push(found);
      seek = after(revisionOf(found));
    }
    return messages;
  }

  private async get(request: object, deadline: Deadline): Promise<Found | undefined> {
    const answer = await askApi(this.mux, this.api, request, deadline.leftMs());
    if (answer.kind === 'failure') {
      if (answer.failure.errCode === NO_MESSAGE) return undefined;
      throw refusal(answer.failure, this.api);
    }
    const message = recordAt(answer.body, 'message');
    const found = message === undefined ? undefined : fromLeaderGet(message);
    if (found === undefined) throw new StoreUnavailableError(`${this.api} answered without a message`);
    return found;
  }
}
