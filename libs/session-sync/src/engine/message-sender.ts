import { CommitUnknownError, SessionTooLargeError, StoreUnavailableError } from '../core/errors/index.js';
import { formatHeaders, type DraftMessage } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import type { LogMessage } from '../ports/index.js';
import type { Deadline } from './deadline.js';
import type { EnginePorts } from './engine-ports.js';
import { pauseBeforeRetry } from './retry-pause.js';

/** What is certain about a sent message; what can't be learnt in time is thrown as a typed error. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly revision: Revision }
  /** `isDoubtful`: an earlier try of the same message got no answer, so the newest message may be this very one. */
  | { readonly kind: 'refused'; readonly isDoubtful: boolean }
  | { readonly kind: 'full' };

/** Sends one message until its outcome is known: after an ambiguous try the same message goes again, as it was. */
export class MessageSender {
  constructor(private readonly ports: EnginePorts) {}

  /**
   * @param beforeRetry called before the message goes out again
   * @throws StoreUnavailableError | CommitUnknownError | SessionTooLargeError
   */
  async send(
    key: SessionKey,
    draft: DraftMessage,
    deadline: Deadline,
    beforeRetry: () => void = () => undefined,
  ): Promise<SendOutcome> {
    const message: LogMessage = {
      headers: formatHeaders(draft.message),
      body: draft.body,
      replacesEarlier: draft.message.kind !== 'delta',
      keepMs: draft.message.life.keepMs,
    };
    let isDoubtful = false;
    let trouble = 'no time was left';
    for (let attempt = 1; !deadline.hasPassed; attempt++) {
      if (attempt > 1) beforeRetry();
      const outcome = await this.ports.log.append(key, message, draft.expected, deadline.attemptMs);
      switch (outcome.kind) {
        case 'accepted':
          return outcome;
        case 'refused':
          return { kind: 'refused', isDoubtful };
        case 'full':
          // An earlier try may be what filled it: that is looked up first.
          return isDoubtful ? { kind: 'refused', isDoubtful } : outcome;
        case 'tooLarge':
          if (isDoubtful) throw new CommitUnknownError('the store takes no message of its size any more');
          throw new SessionTooLargeError(outcome.bytes, outcome.maxBytes);
        case 'ambiguous':
          isDoubtful = true;
          trouble = outcome.what;
          break;
        case 'unavailable':
        case 'busy':
          trouble = outcome.kind === 'busy' ? 'other writes of the session were in flight' : outcome.what;
          break;
      }
      await pauseBeforeRetry(attempt + 2, deadline, this.ports);
    }
    if (isDoubtful) throw new CommitUnknownError(trouble);
    throw new StoreUnavailableError(trouble);
  }
}
