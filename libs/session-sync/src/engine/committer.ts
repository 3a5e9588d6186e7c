import { expiresAt, type SessionRecord } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { CommitLine, type PendingCommit } from './commit-line.js';
import type { CommitRequest, CommitResult } from './commit-request.js';
import type { EngineParts } from './engine-parts.js';

/** Commits of this node: one line per session that has any under way. */
export class Committer {
  private readonly lines = new Map<SessionKey, CommitLine>();
  private readonly whenIdle: (() => void)[] = [];

  constructor(private readonly parts: EngineParts) {}

  /**
   * Stores all of a request or nothing of it.
   * @throws CommitConflictError | AttributeVersionError | SessionEndedError | SessionTooLargeError |
   *   StoreUnavailableError | CommitUnknownError | StoreRegressionError
   */
  submit(key: SessionKey, request: CommitRequest): Promise<CommitResult> {
    return new Promise((resolve, reject) => {
      this.lineOf(key).submit({ ...request, resolve, reject });
    });
  }

  /** Resolves when no commit is under way. */
  async idle(): Promise<void> {
    if (this.lines.size > 0) await new Promise<void>((resolve) => this.whenIdle.push(resolve));
  }

  private lineOf(key: SessionKey): CommitLine {
    let line = this.lines.get(key);
    if (line === undefined) {
      line = new CommitLine(key, this.parts, {
        follow: (moved, request) => this.follow(moved, request),
        idle: () => this.lineIdle(key),
      });
      this.lines.set(key, line);
    }
    return line;
  }

  private lineIdle(key: SessionKey): void {
    this.lines.delete(key);
    if (this.lines.size > 0) return;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  /** Only units that had opened the session before it moved may follow, and only for a while; ends always do. */
  private follow(moved: SessionRecord, request: PendingCommit): boolean {
    const { movedTo, graceMs = 0 } = moved.end ?? {};
    if (movedTo === undefined || request.onlyIfExpired) return false;
    // Who came here from a former key had opened that.
    const opened = request.base ?? request.continues;
    const hadOpened = opened !== undefined && opened.revision < moved.revision;
    const isInTime = this.parts.ports.log.storeNow() < Math.min(moved.storedAt + graceMs, expiresAt(moved));
    const isEnd = request.end !== undefined && request.end.movedTo === undefined;
    if (!isEnd && !(hadOpened && isInTime)) return false;
    // A second regenerate has what it wanted: the session has a new id, which only the first one's client knows.
    const end = isEnd ? request.end : undefined;
    const { changes, isTouch, deadline } = request;
    const onward: CommitRequest = {
      base: undefined,
      continues: moved,
      changes,
      isTouch,
      end,
      onlyIfExpired: false,
      deadline,
    };
    this.submit(movedTo, onward).then(request.resolve, request.reject);
    return true;
  }
}
