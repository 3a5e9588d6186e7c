import { channel } from 'node:diagnostics_channel';
import type { CommitObserver, CommitReport } from '../../ports/index.js';

/** Name of the channel of `node:diagnostics_channel` on which commits are told. */
export const COMMIT_CHANNEL = 'nest-session-sync:commit';

/** What a subscriber of the channel gets. */
export interface CommitEvent extends CommitReport {
  /** The module's `name`. */
  readonly name: string;
}

/** Tells commits on a diagnostics channel; costs nothing while nobody subscribes. */
export class DiagnosticsObserver implements CommitObserver {
  private readonly commits = channel(COMMIT_CHANNEL);

  constructor(private readonly name: string) {}

  get isListening(): boolean {
    return this.commits.hasSubscribers;
  }

  committed(report: CommitReport): void {
    const event: CommitEvent = { name: this.name, ...report };
    this.commits.publish(event);
  }
}
