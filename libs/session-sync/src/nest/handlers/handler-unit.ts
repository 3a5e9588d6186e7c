import { finalize, isObservable, type Observable } from 'rxjs';
import type { OpenRequest, UnitOfWork } from '../../engine/index.js';
import type { SessionSync } from '../../standalone/index.js';
import { UnitSlot } from '../../unit-context/index.js';
import { commitBeforeLast } from './commit-before-last.js';
import type { HandlerPlan, HandlerPlans } from './handler-plan.js';
import type { RunningUnits } from './running-units.js';

/** What the units of one application's requests and messages share. */
export interface UnitEnvironment {
  readonly sync: SessionSync;
  readonly plans: HandlerPlans;
  readonly running: RunningUnits;
}

/** Nothing to wait for. */
const OVER = Promise.resolve();

/** A handler nobody has planned for: a guard may open a session for it all the same. */
const UNPLANNED: HandlerPlan = { opensSession: false, isReadOnly: false, endsWith: 'value' };

/**
 * The unit of one request or message: opened by whoever needs the session first (a guard, a parameter, the handler's
 * wrapper), joined by the others, and ended once. Subclasses know where the session comes from and whom to tell.
 */
export abstract class HandlerUnit extends UnitSlot {
  private plan = UNPLANNED;
  /** From when the handler has begun it ends the unit, not those around it. */
  private isHandled = false;
  private settling: Promise<void> | undefined;

  constructor(protected readonly environment: UnitEnvironment) {
    super(environment.sync);
  }

  /** Where the session is found. */
  protected abstract origin(isReadOnly: boolean): OpenRequest;
  /** After the session was opened: see to it that the unit ends, whatever becomes of the handler. */
  protected abstract watch(): void;
  /** Tells the client what it must know after what `unit` has stored. */
  protected abstract tell(unit: UnitOfWork): void;

  /** Runs a handler: opens the session if its plan says so, and ends the unit with it. */
  handle(handler: unknown, run: () => unknown): unknown {
    const plan = this.environment.plans.get(handler);
    const takesPart = plan !== undefined && !this.isHandled && (plan.opensSession || this.state === 'open');
    return takesPart ? this.handleWithin(handler, plan, run) : run();
  }

  /** Opens the session for a handler, or joins those who opened it or are about to. */
  open(handler: unknown): Promise<void> {
    if (this.state === 'ended') return OVER;
    return (this.opening ??= this.begin(this.environment.plans.get(handler) ?? UNPLANNED));
  }

  /** Commits what was modified and ends the unit. */
  settle(): Promise<void> {
    if (this.state !== 'open') return OVER;
    return (this.settling ??= this.finish());
  }

  /** Ends the unit; what isn't stored yet never is. */
  abandon(): void {
    if (this.settling !== undefined) return;
    if (this.state === 'open') {
      this.unit?.abandon();
      this.environment.running.end();
    }
    this.state = 'ended';
  }

  protected get isInHandler(): boolean {
    return this.isHandled;
  }

  protected get endsWithFirstByte(): boolean {
    return this.plan.endsWith === 'firstByte';
  }

  private async begin(plan: HandlerPlan): Promise<void> {
    this.plan = plan;
    const unit = await this.environment.sync.openUnit(this.origin(plan.isReadOnly));
    // The client may have gone while the store was asked.
    if (this.state !== 'closed') return unit.abandon();
    this.unit = unit;
    this.state = 'open';
    this.environment.running.begin();
    this.watch();
  }

  private async finish(): Promise<void> {
    const { unit } = this;
    try {
      await unit?.finish();
    } finally {
      this.state = 'ended';
      this.environment.running.end();
      // Also when that failed: an id that was issued before is the only one the session can be found by.
      if (unit !== undefined) this.tell(unit);
    }
  }

  private async handleWithin(handler: unknown, plan: HandlerPlan, run: () => unknown): Promise<unknown> {
    this.isHandled = true;
    if (this.state === 'closed') await this.open(handler);
    try {
      let result = run();
      // Everything that is awaited costs a promise in the async context, and most handlers answer at once.
      if (isThenable(result)) result = await result;
      if (isObservable(result)) return this.endWith(result, plan);
      if (plan.endsWith === 'value') await this.settle();
      return result;
    } catch (error) {
      this.fail();
      throw error;
    }
  }

  /** The handler has thrown: nothing more is stored, but what was (a new id, an end) the client must know. */
  private fail(): void {
    const { unit } = this;
    if (this.state !== 'open' || unit === undefined || this.settling !== undefined) return;
    this.abandon();
    this.tell(unit);
  }

  private endWith(values: Observable<unknown>, plan: HandlerPlan): Observable<unknown> {
    // Nothing to commit, so nothing to hold back: server-sent events go out as they come.
    return plan.isReadOnly ? values.pipe(finalize(() => this.abandon())) : commitBeforeLast(values, this);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
