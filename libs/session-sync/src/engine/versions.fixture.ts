import { declareAttribute, type AttributeOptions } from '../core/access/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import { ManualClock, MemorySessionLog } from '../memory/index.js';
import type { AppendOutcome, LogMessage } from '../ports/index.js';
import { MemoryNode, type MemoryNodeOptions } from '../testing/memory-node.js';
import { HookedLog } from './hooked-log.fixture.js';

/** A session class with these attributes and defaults, as one version of an application declares it. */
export function sessionClass(
  attributes: Readonly<Record<string, { readonly initial: unknown; readonly options?: AttributeOptions }>>,
): new () => object {
  class VersionedSession {
    constructor() {
      for (const [name, { initial }] of Object.entries(attributes))
        Object.assign(this, { [name]: structured(initial) });
    }
  }
  for (const [name, { options = {} }] of Object.entries(attributes)) {
    declareAttribute(VersionedSession.prototype, name, { ...options }, Object);
  }
  return VersionedSession;
}

/** A fresh one for each instance, as a property's initializer gives. */
function structured(initial: unknown): unknown {
  return typeof initial === 'function' ? (initial as () => unknown)() : initial;
}

/** Version 1 of the cart: quantities by name. */
export const cartV1 = sessionClass({
  cart: { initial: () => ({ items: {} }), options: { mutable: true } },
  note: { initial: '' },
});

/** Version 2: a list of lines. */
export const cartV2 = sessionClass({
  cart: {
    initial: () => ({ lines: [] }),
    options: { mutable: true, version: 2, migrate: { 1: linesOf } },
  },
  note: { initial: '' },
});

export interface CartV1 {
  items: Record<string, number>;
}

export interface CartV2 {
  lines: { sku: string; qty: number }[];
}

export function linesOf({ items }: CartV1): CartV2 {
  return { lines: Object.entries(items).map(([sku, qty]) => ({ sku, qty })) };
}

/** A log that stores other bodies than it is given. */
class TamperedLog extends HookedLog {
  tamper: (body: string) => string = (body) => body;

  override append(key: SessionKey, message: LogMessage, expected: Revision, timeoutMs: number): Promise<AppendOutcome> {
    return super.append(key, { ...message, body: this.tamper(message.body) }, expected, timeoutMs);
  }
}

/** A log that nodes of several versions share. */
export class SharedLog {
  readonly clock = new ManualClock();
  readonly log = new TamperedLog(new MemorySessionLog({ clock: this.clock }));

  node(session: new () => object, options: MemoryNodeOptions = {}): MemoryNode {
    return new MemoryNode(session, { log: this.log, clock: this.clock, ...options });
  }

  /** Stores the newest message, a snapshot, once more, with another body. */
  async rewrite(key: SessionKey, change: (body: string) => string): Promise<void> {
    const newest = await this.log.readNewest(key, undefined, 1_000);
    if (newest.kind !== 'message') throw new Error('nothing is stored');
    const { headers, body, revision } = newest.message;
    const message = { headers, body: change(body), replacesEarlier: true, keepMs: 3_600_000 };
    const { kind } = await this.log.append(key, message, revision, 1_000);
    if (kind !== 'accepted') throw new Error(`the rewritten message is ${kind}`);
  }

  /** What is stored next is damaged, unnoticed by who stores it. */
  damageNext(change: (body: string) => string): void {
    this.log.tamper = (body) => {
      this.log.tamper = (untouched) => untouched;
      const damaged = change(body);
      if (damaged === body) throw new Error('nothing was damaged');
      return damaged;
    };
  }
}

/** The line of an attribute in the last message that this node stored; undefined when there is none. */
export function lastLine({ commits }: MemoryNode, name: string): string | undefined {
  const lines = commits.at(-1)?.difference.split('\n') ?? [];
  return lines.find((line) => new RegExp(`^.${name}[@ ]`).test(`${line} `));
}
