import { channel } from 'node:diagnostics_channel';
import type { CommitObserver, CommitReport, CommitWarning, UndecodableReport } from '../../ports/index.js';

/** Name of the channel of `node:diagnostics_channel` on which commits are told. */
export const COMMIT_CHANNEL = 'nest-session-sync:commit';

/** Name of the channel on which attributes are told that couldn't be read and were passed over. */
export const UNDECODABLE_CHANNEL = 'nest-session-sync:undecodable';

/** Name of the channel on which warnings are told: what works, but hardly as meant. */
export const WARNING_CHANNEL = 'nest-session-sync:warning';

/** What a subscriber of `COMMIT_CHANNEL` gets. */
export interface CommitEvent extends CommitReport {
  /** The module's `name`. */
  readonly name: string;
}

/** What a subscriber of `UNDECODABLE_CHANNEL` gets. */
export interface UndecodableEvent extends UndecodableReport {
  /** The module's `name`. */
  readonly name: string;
}

/** What a subscriber of `WARNING_CHANNEL` gets. */
export interface WarningEvent extends CommitWarning {
  /** The module's `name`. */
  readonly name: string;
}

/** Tells commits, what can't be read, and warnings on diagnostics channels; costs nothing while nobody subscribes. */
export class DiagnosticsObserver implements CommitObserver {
  private readonly commits = channel(COMMIT_CHANNEL);
  private readonly undecodables = channel(UNDECODABLE_CHANNEL);
  private readonly warnings = channel(WARNING_CHANNEL);

  constructor(private readonly name: string) {}

  get isListening(): boolean {
    return this.commits.hasSubscribers;
  }

  committed(report: CommitReport): void {
    const event: CommitEvent = { name: this.name, ...report };
    this.commits.publish(event);
  }

  undecodable(report: UndecodableReport): void {
    const event: UndecodableEvent = { name: this.name, ...report };
    this.undecodables.publish(event);
  }

  warned(warning: CommitWarning): void {
    const event: WarningEvent = { name: this.name, ...warning };
    this.warnings.publish(event);
  }
}
