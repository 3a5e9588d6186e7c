import type { Attribute } from '../core/access/index.js';
import type { AttributeChange } from './attribute-change.js';
import { isSameBinary, isTakenForEqual } from './own-comparison.js';
import type { SessionSchema } from './session-schema.js';
import { draftBehind, type Drafts } from '../core/drafts/index.js';
import { assertValid } from './validity.js';
import { thawGraph, type Benchmark } from '../core/graph/index.js';
import { StoredAttribute } from '../core/record/index.js';

/** An attribute as one unit changes it: its own value, and the version that value started from. */
export class WorkingCopy {
  private isRemoved = false;
  /** Assigned or removed by the unit, so that what was stored goes even where the default stands in for it. */
  private isReplaced = false;
  /** Assigned and not yet handed out for change: parts that `read` gave may be frozen in it. */
  private isAsGiven = false;

  private constructor(
    readonly attribute: Attribute,
    private base: StoredAttribute,
    private current: unknown,
    /** Knows the objects of the working copy itself, so that comparing need not search for what is what. */
    private benchmark: Benchmark | undefined,
    private readonly schema: SessionSchema,
    /** Tells what was written through proxies, as long as the copy is what they were opened on. */
    private drafts?: Drafts,
  ) {}

  /** A copy to mutate in place; `assertWritable` throws once what is done to it can't be stored any more. */
  static toMutate(
    attribute: Attribute,
    base: StoredAttribute,
    schema: SessionSchema,
    assertWritable: () => void,
  ): WorkingCopy {
    const codec = schema.codecFor(attribute.name);
    if (attribute.track === 'proxy') {
      const isTree = (): boolean => base.isTreeBy(codec);
      const drafts = codec.openDrafts(base.valueBy(codec), { isTree, assertWritable });
      return new WorkingCopy(attribute, base, drafts.root, undefined, schema, drafts);
    }
    if (attribute.compare === 'binary') {
      return new WorkingCopy(attribute, base, codec.copy(base.valueBy(codec)), undefined, schema);
    }
    const { value, benchmark } = codec.makeWorkingCopy(base.benchmarkBy(codec));
    return new WorkingCopy(attribute, base, value, benchmark, schema);
  }

  /** A copy that is about to be assigned or removed: what `base` holds need not be copied. */
  static toReplace(attribute: Attribute, base: StoredAttribute, schema: SessionSchema): WorkingCopy {
    return new WorkingCopy(attribute, base, undefined, undefined, schema);
  }

  get value(): unknown {
    return this.current;
  }

  /** The value, for change in place. */
  toChange(): unknown {
    const { attribute, schema } = this;
    if (this.isAsGiven) {
      const isDraft = (object: object): boolean => draftBehind(object) !== undefined;
      this.current = thawGraph(this.current, schema.codecFor(attribute.name).classes, isDraft);
    }
    this.isAsGiven = false;
    return this.current;
  }

  /** Objects that together lead to all that users may hold of the value. */
  ownParts(): Iterable<unknown> {
    return this.drafts?.ownParts() ?? [this.current];
  }

  /** Whether it was mutably accessed, as far as that shows without comparing. */
  get isCandidate(): boolean {
    return this.drafts === undefined || this.drafts.isWritten;
  }

  /**
   * A mutable attribute takes the object itself, so that later changes to it count (what is frozen in it gives way to a
   * copy once it is asked for to be changed); an immutable one takes a frozen copy, so that they can't.
   * @throws UnsupportedValueError
   */
  assign(value: unknown): void {
    const { attribute, schema } = this;
    if (value !== this.current) this.drafts = undefined;
    this.current = attribute.isMutable ? value : schema.codecFor(attribute.name).copyFrozen(value);
    this.isRemoved = false;
    this.isReplaced = true;
    this.isAsGiven = this.drafts === undefined;
  }

  remove(): void {
    const { attribute, schema } = this;
    const codec = schema.codecFor(attribute.name);
    const initial = schema.initial(attribute).valueBy(codec);
    this.current = attribute.isMutable ? codec.copy(initial) : initial;
    this.drafts = undefined;
    this.isRemoved = true;
    this.isReplaced = true;
    this.isAsGiven = false;
  }

  /**
   * What the unit modified, found by comparing with the benchmark; undefined when nothing.
   * @throws AttributeCompareError | InvalidAttributeError | UnsupportedValueError
   */
  change(): AttributeChange | undefined {
    const { attribute, base } = this;
    const codec = this.schema.codecFor(attribute.name);
    if (this.isRemoved && this.isInitial()) {
      return this.isStartedFrom(this.schema.initial(attribute)) ? undefined : { kind: 'removal', attribute, base };
    }
    // What can't be read is replaced without being read, by its default too.
    const isReadable = base.whyUndecodable(codec) === undefined;
    if (!isReadable && this.isReplaced && this.isInitial()) return { kind: 'removal', attribute, base };
    const from = isReadable ? base : this.schema.initial(attribute);
    if (isReadable && isSameBinary(attribute, base, this.current, codec)) return undefined;
    const patch = this.drafts?.patch() ?? codec.compare(this.benchmark ?? from.benchmarkBy(codec), this.current);
    if (patch.length === 0) return undefined;
    const after = from.valueAfter(patch, codec);
    if (isReadable && isTakenForEqual(attribute, base, after, codec)) return undefined;
    assertValid(attribute, after, codec);
    return { kind: 'value', attribute, base, patch, after };
  }

  /** The change was stored, maybe merged with others': from now on the copy is compared with what this unit left. */
  committed(change: AttributeChange, storedNow: StoredAttribute | undefined): void {
    const { attribute, schema } = this;
    const codec = schema.codecFor(attribute.name);
    this.benchmark = undefined;
    this.drafts = undefined;
    this.isReplaced = false;
    if (change.kind === 'removal') {
      this.base = schema.initial(attribute);
      this.isRemoved = false;
    } else if (storedNow !== undefined && storedNow.valueBy(codec) === change.after) this.base = storedNow;
    else this.base = StoredAttribute.ofValue(change.after, Number.MAX_SAFE_INTEGER, codec.version);
  }

  /** What was removed may have been changed again since: it began anew with the default. */
  private isInitial(): boolean {
    const { attribute, schema } = this;
    const codec = schema.codecFor(attribute.name);
    return codec.compare(schema.initial(attribute).benchmarkBy(codec), this.current).length === 0;
  }

  /** Whether the copy started from this very version. */
  isStartedFrom(stored: StoredAttribute): boolean {
    return this.base === stored;
  }
}
