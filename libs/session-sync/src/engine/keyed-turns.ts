import type { SessionKey } from '../core/session/identity.js';
import type { Clock } from '../ports/index.js';
import type { Deadline } from './deadline.js';

/** Turns on one session, in the order in which they were asked for. */
export class KeyedTurns {
  private readonly last = new Map<SessionKey, Promise<void>>();

  constructor(private readonly clock: Clock) {}

  /** Waits for a turn; the function ends it. Undefined when the deadline passes first. */
  async take(key: SessionKey, deadline: Deadline): Promise<(() => void) | undefined> {
    const before = this.last.get(key);
    let end = (): void => undefined;
    const mine = new Promise<void>((resolve) => {
      end = resolve;
    });
    // The place stays when its time is over, so that those behind still wait for those before.
    const place = before === undefined ? mine : before.then(() => mine);
    this.last.set(key, place);
    void place.then(() => {
      if (this.last.get(key) === place) this.last.delete(key);
    });
    if (before === undefined) return end;
    const isMine = await Promise.race([
      before.then(() => true),
      this.clock.sleep(deadline.remainingMs).then(() => false),
    ]);
    if (isMine) return end;
    end();
    return undefined;
  }
}
