import { describeSession } from '../core/access/index.js';
import { fold, parseBody, parseHeaders, type SessionMessage, type SessionRecord } from '../core/record/index.js';
import { SessionSchema } from '../engine/index.js';
import type { StoredMessage } from '../ports/index.js';
import { deriveClassCatalog } from '../transformer/index.js';

/**
 * Reads stored messages of one session class as a node does, without a node: for tests that keep, change or invent
 * messages.
 */
export class MessageReader {
  private readonly schema: SessionSchema;

  constructor(sessionClass: new () => object) {
    const shape = describeSession(sessionClass);
    this.schema = new SessionSchema(shape, deriveClassCatalog(shape));
  }

  /** What a message says. @throws ForeignRecordError when it isn't one of ours */
  read(message: Pick<StoredMessage, 'headers' | 'body'>): SessionMessage {
    return { ...parseHeaders(message.headers), lines: parseBody(message.body) };
  }

  /**
   * The session after `messages`, which are taken in the order given.
   * @throws ForeignRecordError when one isn't ours or doesn't follow the one before
   */
  fold(messages: readonly [StoredMessage, ...StoredMessage[]]): SessionRecord {
    const [first, ...others] = messages;
    return others.reduce((record, message) => this.folded(record, message), this.folded(undefined, first));
  }

  /** Values of the attributes that are stored, frozen. @throws AttributeDecodeError */
  valuesOf(record: SessionRecord): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      [...record.attributes].map(([name, attribute]) => [name, attribute.valueBy(this.schema.codecFor(name))]),
    );
  }

  private folded(record: SessionRecord | undefined, message: StoredMessage): SessionRecord {
    return fold(record, this.read(message), message, this.schema.codecFor);
  }
}
