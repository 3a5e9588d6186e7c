import { formatBody, formatHeaders, type CommitId, type DraftMessage } from '../core/record/index.js';
import { utf8Length } from '../core/codec/index.js';
import type { AttributeDecodeError } from '../core/errors/index.js';
import type { NodeId, SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import type { UndecodableReport } from '../ports/index.js';
import { ClientStates } from './client-states.js';
import type { CommitRequest } from './commit-request.js';
import type { DraftedGroup } from './draft-group.js';
import type { EnginePorts } from './engine-ports.js';
import type { EngineSettings } from './engine-settings.js';
import { EngineStats } from './engine-stats.js';
import { MessageSender } from './message-sender.js';
import { PrimaryReader } from './primary-reader.js';
import { Secrets } from './secrets.js';
import type { SessionSchema } from './session-schema.js';
import { findSharing } from './shared-objects.js';
import type { ModifiedCopy } from './working-copies.js';

/** What the use cases of one engine share. */
export class EngineParts {
  readonly stats = new EngineStats();
  readonly states: ClientStates;
  readonly secrets: Secrets;
  readonly reader: PrimaryReader;
  readonly sender: MessageSender;
  /** This incarnation of this process. */
  readonly node: NodeId;
  private messagesMade = 0;
  /** At most one entry for each two attributes of the session class. */
  private readonly warnedOf = new Set<string>();

  constructor(
    readonly ports: EnginePorts,
    readonly settings: EngineSettings,
    readonly schema: SessionSchema,
  ) {
    this.states = new ClientStates(settings);
    this.secrets = new Secrets(schema.shape, ports.cipher);
    this.reader = new PrimaryReader(ports, this.states, schema.codecFor, this.secrets);
    this.sender = new MessageSender(ports);
    this.node = ports.random.token(16) as NodeId;
  }

  readonly nextCommitId = (): CommitId => ({ node: this.node, counter: ++this.messagesMade });

  /** Counts what couldn't be read and was passed over, and tells who listens: nothing is lost silently. */
  reportUndecodable(
    key: SessionKey | undefined,
    { attribute = '', reason, revision }: Pick<AttributeDecodeError, 'attribute' | 'reason' | 'revision'>,
    policy: UndecodableReport['policy'],
  ): void {
    const { stats, ports } = this;
    if (policy === 'dropAttribute') stats.droppedAttributes++;
    else stats.freshSessions++;
    ports.observer.undecodable({ key, revision, attribute, reason, policy });
  }

  /** Counts what a unit compared, and warns of what it put into two attributes: once for each two. */
  count(candidates: number, modified: readonly ModifiedCopy[]): void {
    const { stats, ports, schema } = this;
    stats.candidates += candidates;
    stats.changed += modified.length;
    for (const attributes of findSharing(modified, schema)) {
      stats.sharedObjects++;
      const pair = attributes.join(' ');
      if (this.warnedOf.has(pair)) continue;
      this.warnedOf.add(pair);
      ports.observer.warned({ kind: 'sharedObject', attributes });
    }
  }

  /** Counts an accepted message and tells who listens. */
  report(key: SessionKey, drafted: DraftedGroup<CommitRequest>, draft: DraftMessage, revision: Revision): void {
    const { stats, ports } = this;
    const headerBytes = formatHeaders(draft.message).reduce(
      (sum, [name, value]) => sum + name.length + value.length + 4,
      0,
    );
    const sentBytes = headerBytes + utf8Length(draft.body);
    // What stands alone is a full save.
    const fullSaveBytes = draft.message.kind === 'delta' ? headerBytes + drafted.wholeBytes : sentBytes;
    stats.messages++;
    stats.committed += drafted.members.length;
    stats.merges += drafted.merges;
    stats.sentBytes += sentBytes;
    stats.fullSaveBytes += fullSaveBytes;
    if (!ports.observer.isListening) return;
    ports.observer.committed({
      key,
      revision,
      kind: draft.message.kind,
      units: drafted.members.length,
      difference: formatBody(this.secrets.told(drafted.lines)),
      sentBytes,
      fullSaveBytes,
    });
  }
}
