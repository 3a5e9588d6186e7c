import { ImmutableAttributeError, SessionEndedError, UnitEndedError } from '../core/errors/index.js';

/**
 * How far one unit has come, and what may still be done then. `finishing`: its last commit is under way, and what comes
 * now would be lost; reading goes on. `sessionEnded`: by the unit itself.
 */
export class UnitPhase {
  private now: 'running' | 'finishing' | 'sessionEnded' | 'over' = 'running';

  constructor(private readonly isReadOnly: boolean) {}

  /** Whether what was modified may still be stored. */
  get isOpen(): boolean {
    return this.now === 'running' || this.now === 'finishing';
  }

  /** Whether a change would still be stored. */
  get canChange(): boolean {
    return this.now === 'running' && !this.isReadOnly;
  }

  get isOver(): boolean {
    return this.now === 'over';
  }

  beginFinish(): void {
    if (this.now === 'running') this.now = 'finishing';
  }

  endSession(): void {
    this.now = 'sessionEnded';
  }

  end(): void {
    this.now = 'over';
  }

  /** @throws UnitEndedError | SessionEndedError */
  assertReadable(access: string): void {
    if (this.now === 'over') throw new UnitEndedError(access);
    if (this.now === 'sessionEnded') throw new SessionEndedError('by this unit');
  }

  /** @throws UnitEndedError | SessionEndedError */
  assertUnfinished(access: string): void {
    this.assertReadable(access);
    if (this.now === 'finishing') throw new UnitEndedError(access);
  }

  /** @throws UnitEndedError | SessionEndedError | ImmutableAttributeError in a read-only unit */
  assertWritable(access: string): void {
    this.assertUnfinished(access);
    if (!this.isReadOnly) return;
    const hint = `${access} came in a read-only unit; drop @ReadOnlySession() to write.`;
    throw new ImmutableAttributeError('The session', hint);
  }
}
