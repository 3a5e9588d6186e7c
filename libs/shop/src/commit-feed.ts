import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { COMMIT_CHANNEL, type CommitEvent } from 'nest-session-sync';

/** One commit, as the page shows it. */
export interface CommitEntry extends Pick<CommitEvent, 'revision' | 'kind' | 'units' | 'sentBytes' | 'fullSaveBytes'> {
  /** The process that made it. */
  readonly node: string;
  /** What changed: a line for each attribute, cut where it gets long. */
  readonly difference: string;
}

const MAX_SESSIONS = 500;
const MAX_COMMITS_PER_SESSION = 30;
const MAX_DIFFERENCE_CHARS = 2_000;

/** Remembers the last commits that this process made to each session, from the channel on which they are told. */
export class CommitFeed {
  private readonly bySession = new Map<string, CommitEntry[]>();
  private readonly listener = (event: unknown): void => this.record(event as CommitEvent);

  constructor(private readonly node: string) {
    subscribe(COMMIT_CHANNEL, this.listener);
  }

  /** Commits to a session, the oldest first. */
  of(key: string | undefined): readonly CommitEntry[] {
    return key === undefined ? [] : (this.bySession.get(key) ?? []);
  }

  /** A session got a new key: what was recorded under the old one goes with it. */
  moved(from: string | undefined, to: string | undefined): void {
    if (from === undefined || to === undefined || from === to) return;
    this.keep(to, [...this.of(from), ...this.of(to)]);
    this.bySession.delete(from);
  }

  close(): void {
    unsubscribe(COMMIT_CHANNEL, this.listener);
  }

  private record({ key, revision, kind, units, sentBytes, fullSaveBytes, difference }: CommitEvent): void {
    const shown = difference.slice(0, MAX_DIFFERENCE_CHARS);
    const entry = { node: this.node, revision, kind, units, sentBytes, fullSaveBytes, difference: shown };
    this.keep(key, [...this.of(key), entry]);
  }

  /** The session changed last stands last; the one that stands first goes when there are too many. */
  private keep(key: string, commits: readonly CommitEntry[]): void {
    this.bySession.delete(key);
    this.bySession.set(key, commits.slice(-MAX_COMMITS_PER_SESSION));
    const [oldest] = this.bySession.keys();
    if (this.bySession.size > MAX_SESSIONS && oldest !== undefined) this.bySession.delete(oldest);
  }
}
