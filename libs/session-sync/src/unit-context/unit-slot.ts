import { NoUnitError, SessionNotOpenError, UnitEndedError } from '../core/errors/index.js';
import type { UnitOfWork } from '../engine/index.js';

/** The place of one unit of work in a request, message or job: empty until the session is opened. */
export class UnitSlot {
  private unit: UnitOfWork | undefined;
  private opening: Promise<UnitOfWork> | undefined;

  constructor(
    /** The module instance it belongs to, so that two of them in one process never meet. */
    readonly owner: object,
    private readonly openUnit: () => Promise<UnitOfWork>,
  ) {}

  /** Opens the session, once however often it is asked: all who ask share one unit. */
  open(): Promise<UnitOfWork> {
    this.opening ??= this.openUnit().then((unit) => (this.unit = unit));
    return this.opening;
  }

  /** Whether somebody has asked for the session. */
  get isAsked(): boolean {
    return this.opening !== undefined;
  }

  /** The unit once its session is open. */
  get opened(): UnitOfWork | undefined {
    return this.unit;
  }

  /** The unit. `access` names what was tried, for the error. @throws SessionNotOpenError | UnitEndedError */
  require(access: string): UnitOfWork {
    if (this.unit === undefined) throw new SessionNotOpenError(access);
    if (this.unit.isOver) throw new UnitEndedError(access);
    return this.unit;
  }
}

/** The unit of a slot that may not exist. @throws NoUnitError | SessionNotOpenError | UnitEndedError */
export function requireUnit(slot: UnitSlot | undefined, access: string): UnitOfWork {
  if (slot === undefined) throw new NoUnitError(access);
  return slot.require(access);
}
