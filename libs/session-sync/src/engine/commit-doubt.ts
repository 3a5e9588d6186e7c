import { CommitUnknownError } from '../core/errors/index.js';

/** What a unit remembers of a commit whose outcome nobody knows: its changes must not go out a second time. */
export class CommitDoubt {
  private error: CommitUnknownError | undefined;

  /** Passes a commit's outcome on, and remembers it if it is unknown. */
  async note<T>(outcome: Promise<T>): Promise<T> {
    try {
      return await outcome;
    } catch (error) {
      if (error instanceof CommitUnknownError) this.error = error;
      throw error;
    }
  }

  /** @throws CommitUnknownError when what is to be stored may have been stored already */
  assertNone(): void {
    if (this.error !== undefined) throw this.error;
  }

  clear(): void {
    this.error = undefined;
  }
}
