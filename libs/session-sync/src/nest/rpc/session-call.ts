import type { UnitOfWork } from '../../engine/index.js';
import { formatSessionHeader, type CarriedSession } from './session-header.js';

/** One call that takes a unit's session along. */
export class SessionCall {
  private constructor(
    private readonly unit: UnitOfWork,
    private readonly sent: CarriedSession,
  ) {}

  /**
   * Commits what the unit has modified, so that the callee sees it. A session that isn't stored yet gets its key now:
   * the callee may create it.
   */
  static async begin(unit: UnitOfWork): Promise<SessionCall | undefined> {
    if (!unit.isReadOnly) await unit.commit();
    const key = unit.reserveKey();
    return key === undefined ? undefined : new SessionCall(unit, { key, revision: unit.revision });
  }

  get header(): string {
    return formatSessionHeader(this.sent);
  }

  /** Takes over what the callee committed; without its word for how far that is, asks for the newest. */
  async fold(told: CarriedSession | undefined): Promise<void> {
    if (this.unit.isOver) return;
    await this.unit.catchUp(told?.key === this.sent.key ? told.revision : undefined);
  }
}
