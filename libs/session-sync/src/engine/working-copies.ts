import {
  AbandonedObjectError,
  AttributeDecodeError,
  AttributeVersionError,
  ImmutableAttributeError,
} from '../core/errors/index.js';
import type { Attribute } from '../core/access/index.js';
import type { SessionRecord, StoredAttribute } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { AttributeChange } from './attribute-change.js';
import type { UnitLocals } from './local-attributes.js';
import type { SessionSchema } from './session-schema.js';
import { WorkingCopy } from './working-copy.js';

/** One copy and what the unit modified in it. */
export type ModifiedCopy = readonly [WorkingCopy, AttributeChange];

/** What the copies need of the unit they belong to. */
export interface CopiesOwner {
  readonly locals: UnitLocals;
  /** Told once of each attribute that can't be read and counts as its default. */
  dropped(error: AttributeDecodeError): void;
  /** Throws when `access` comes too late to be stored. */
  assertUnfinished(access: string): void;
}

/** The attributes of one session as one unit sees and changes them. */
export class WorkingCopies {
  private readonly copies = new Map<string, WorkingCopy>();
  /** Copies whose attribute moved on elsewhere: no longer handed out, still committed. */
  private readonly earlier: WorkingCopy[] = [];
  private startedOver = 0;

  private readonly dropped = new Set<string>();

  constructor(
    private readonly schema: SessionSchema,
    private record: SessionRecord | undefined,
    private readonly unit: CopiesOwner,
  ) {}

  /** `canChange`: whether what is changed now would be stored. */
  read(name: string, canChange: boolean): unknown {
    const { schema } = this;
    const attribute = schema.attribute(name);
    if (attribute.isLocal) return this.unit.locals.now.get(attribute);
    if (canChange && attribute.track === 'all' && this.isOwnVersion(name)) return this.mutate(name);
    const copy = this.copies.get(name);
    return copy === undefined ? this.readable(name).viewBy(schema.codecFor(attribute.name)) : copy.value;
  }

  /** The object to change: the same one for the whole unit, unless the attribute moved on elsewhere. */
  mutate(name: string): unknown {
    const { schema } = this;
    const attribute = schema.attribute(name);
    if (!attribute.isMutable) {
      throw new ImmutableAttributeError(
        `Attribute "${name}"`,
        `Assign it with set('${name}', …), or declare it with @SessionAttr({ mutable: true }).`,
      );
    }
    if (attribute.isLocal) return this.unit.locals.now.get(attribute);
    const known = this.copies.get(name);
    if (known !== undefined) return known.toChange();
    this.assertOwnVersion(name);
    const copy = this.openCopy(attribute);
    this.copies.set(name, copy);
    return copy.value;
  }

  assign(name: string, value: unknown): void {
    const attribute = this.schema.attribute(name);
    if (attribute.isLocal) this.unit.locals.now.set(attribute, value);
    else this.toReplace(name).assign(value);
  }

  /** Back to the default. */
  remove(name: string): void {
    const attribute = this.schema.attribute(name);
    if (attribute.isLocal) this.unit.locals.now.delete(attribute);
    else this.toReplace(name).remove();
  }

  private toReplace(name: string): WorkingCopy {
    const { schema } = this;
    const known = this.copies.get(name);
    if (known !== undefined) return known;
    const attribute = schema.attribute(name);
    this.assertOwnVersion(name);
    // What can't be read may be removed; what stands in for it is told of before it is overwritten.
    if (schema.codecFor(attribute.name).standIn !== undefined) this.readable(name);
    const copy = WorkingCopy.toReplace(attribute, this.stored(name), schema);
    this.copies.set(name, copy);
    return copy;
  }

  /** How many attributes were mutably accessed, and those of them that comparison finds modified. */
  compared(): { readonly candidates: number; readonly modified: readonly ModifiedCopy[] } {
    const all = [...this.earlier, ...this.copies.values()];
    const modified: ModifiedCopy[] = [];
    for (const copy of all) {
      const change = copy.change();
      if (change !== undefined) modified.push([copy, change]);
    }
    const untouched = all.filter((copy) => !copy.isCandidate && !modified.some(([changed]) => changed === copy));
    return { candidates: all.length - untouched.length, modified };
  }

  /** The modifications were stored; `record` is the session with them, maybe merged with others', `key` its key now. */
  committed(modified: readonly ModifiedCopy[], record: SessionRecord | undefined, key: SessionKey): void {
    this.unit.locals.settle(key);
    for (const [copy, change] of modified) copy.committed(change, record?.attributes.get(change.attribute.name));
    this.advance(record);
  }

  /** Goes on from a newer record. Copies it overtook aren't handed out again; what is still done to them merges. */
  advance(record: SessionRecord | undefined): void {
    this.record = record;
    for (const [name, copy] of this.copies) {
      if (copy.isStartedFrom(this.stored(name))) continue;
      this.copies.delete(name);
      this.earlier.push(copy);
    }
  }

  /** Starts over from a record: whatever was handed out is abandoned. */
  startOver(record: SessionRecord | undefined): void {
    this.copies.clear();
    this.earlier.length = 0;
    this.startedOver++;
    this.record = record;
  }

  /** @throws AttributeVersionError when the attribute is stored under a newer version than this application's */
  assertOwnVersion(name: string): void {
    const { version } = this.schema.attribute(name).versions;
    const stored = this.stored(name);
    if (stored.version > version) throw new AttributeVersionError(name, stored.version, version);
  }

  private isOwnVersion(name: string): boolean {
    return this.stored(name).version <= this.schema.attribute(name).versions.version;
  }

  private openCopy(attribute: Attribute): WorkingCopy {
    const { name } = attribute;
    const { startedOver } = this;
    return WorkingCopy.toMutate(attribute, this.readable(name), this.schema, () => {
      this.unit.assertUnfinished(`writing to attribute "${name}"`);
      if (startedOver !== this.startedOver) throw new AbandonedObjectError(name);
    });
  }

  /** @throws AttributeDecodeError */
  private readable(name: string): StoredAttribute {
    const { schema, record } = this;
    const stored = this.stored(name);
    const codec = schema.codecFor(schema.attribute(name).name);
    const reason = stored.whyUndecodable(codec);
    if (reason === undefined) return stored;
    const error = new AttributeDecodeError(reason.reason, name, { cause: reason.cause, revision: record?.revision });
    if (codec.standIn === undefined) throw error;
    if (!this.dropped.has(name)) this.unit.dropped(error);
    this.dropped.add(name);
    return stored;
  }

  private stored(name: string): StoredAttribute {
    const attribute = this.schema.attribute(name);
    return this.record?.attributes.get(attribute.name) ?? this.schema.initial(attribute);
  }
}
