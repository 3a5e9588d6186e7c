import { ImmutableAttributeError } from '../core/errors/index.js';
import type { SessionRecord, StoredAttribute } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { AttributeChange } from './attribute-change.js';
import type { UnitLocals } from './local-attributes.js';
import type { SessionSchema } from './session-schema.js';
import { WorkingCopy } from './working-copy.js';

/** One copy and what the unit modified in it. */
export type ModifiedCopy = readonly [WorkingCopy, AttributeChange];

/** The attributes of one session as one unit sees and changes them. */
export class WorkingCopies {
  private readonly copies = new Map<string, WorkingCopy>();
  /** Copies whose attribute moved on elsewhere: no longer handed out, still committed. */
  private readonly earlier: WorkingCopy[] = [];

  constructor(
    private readonly schema: SessionSchema,
    private record: SessionRecord | undefined,
    private readonly locals: UnitLocals,
  ) {}

  read(name: string): unknown {
    const { schema } = this;
    const attribute = schema.attribute(name);
    if (attribute.isLocal) return this.locals.now.get(attribute);
    const copy = this.copies.get(name);
    return copy === undefined ? this.stored(name).viewBy(schema.codecFor(attribute.name)) : copy.value;
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
    if (attribute.isLocal) return this.locals.now.get(attribute);
    const copy = this.copies.get(name) ?? WorkingCopy.toMutate(attribute, this.stored(name), schema);
    this.copies.set(name, copy);
    return copy.value;
  }

  assign(name: string, value: unknown): void {
    const attribute = this.schema.attribute(name);
    if (attribute.isLocal) this.locals.now.set(attribute, value);
    else this.toReplace(name).assign(value);
  }

  /** Back to the default. */
  remove(name: string): void {
    const attribute = this.schema.attribute(name);
    if (attribute.isLocal) this.locals.now.delete(attribute);
    else this.toReplace(name).remove();
  }

  private toReplace(name: string): WorkingCopy {
    const { schema } = this;
    const copy = this.copies.get(name) ?? WorkingCopy.toReplace(schema.attribute(name), this.stored(name), schema);
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
    return { candidates: all.length, modified };
  }

  /** The modifications were stored; `record` is the session with them, maybe merged with others', `key` its key now. */
  committed(modified: readonly ModifiedCopy[], record: SessionRecord | undefined, key: SessionKey): void {
    this.locals.settle(key);
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
    this.record = record;
  }

  private stored(name: string): StoredAttribute {
    const attribute = this.schema.attribute(name);
    return this.record?.attributes.get(attribute.name) ?? this.schema.initial(attribute);
  }
}
