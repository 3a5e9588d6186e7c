import { NoUnitError, SessionNotOpenError, UnitEndedError } from '../core/errors/index.js';
import type { UnitOfWork } from '../engine/index.js';

/** The place of one unit of work in a request, message or job: empty until the session is opened. */
export class UnitSlot {
  /** The unit, once the session is open. */
  unit: UnitOfWork | undefined;
  state: 'closed' | 'open' | 'ended' = 'closed';
  /** While the session is being opened: those who come meanwhile join. */
  opening: Promise<void> | undefined;
  /** Whether other units wait for the end of this one: what it waits for must not wait among them. */
  isAwaited = false;

  constructor(
    /** The module instance it belongs to, so that two of them in one process never meet. */
    readonly owner: object,
  ) {}

  /** The running unit. `access` names what was tried, for the error. @throws SessionNotOpenError | UnitEndedError */
  require(access: string): UnitOfWork {
    if (this.state === 'ended' || this.unit?.isOver === true) throw new UnitEndedError(access);
    if (this.unit === undefined) throw new SessionNotOpenError(access);
    return this.unit;
  }
}

/** The unit of a slot that may not exist. @throws NoUnitError | SessionNotOpenError | UnitEndedError */
export function requireUnit(slot: UnitSlot | undefined, access: string): UnitOfWork {
  if (slot === undefined) throw new NoUnitError(access);
  return slot.require(access);
}
