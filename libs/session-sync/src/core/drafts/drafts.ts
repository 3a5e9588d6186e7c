import { UnsupportedValueError } from '../errors/index.js';
import type { Benchmark } from '../graph/benchmark.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { formatPath, type PathStep } from '../graph/graph-path.js';
import { isObject } from '../graph/is-object.js';
import { takeBenchmark } from '../graph/take-benchmark.js';
import { UnsupportedPart } from '../graph/unsupported-part.js';
import { classify, hasProperties, type ValueClass } from '../graph/value-kind.js';
import type { Patch } from '../patch/operation.js';
import { ArrayDraft } from './array-draft.js';
import { BasePaths } from './base-paths.js';
import { draftBehind, type Draft } from './draft.js';
import type { DraftScope } from './draft-scope.js';
import { makeDraftPatch, Undecided } from './draft-patch.js';
import type { KnownObject, Reached } from './known-object.js';
import { MapDraft } from './map-draft.js';
import { PrivateCopy } from './private-copy.js';
import { PropertyDraft } from './property-draft.js';
import { RawPart } from './raw-part.js';
import { SetDraft } from './set-draft.js';

export interface DraftOptions extends GraphOptions {
  /** Whether no object of the base is held twice; asked only where the answer matters. */
  readonly isTree: () => boolean;
  /** Throws when what would be written can't be stored any more. @default writing is always possible */
  readonly assertWritable?: () => void;
  /** What to throw when a write is refused at the spot. @default the error it is given, which names path and reason */
  readonly refusal?: (error: UnsupportedValueError) => unknown;
}

/**
 * A frozen value opened for change without copying it: what is read costs what is read, what is written one object
 * each, and the patch what was written. One object of the base is one object here, however it is reached.
 */
export class Drafts implements DraftScope {
  /** What to change; a primitive where the value is one. */
  readonly root: unknown;
  private readonly known = new Map<object, KnownObject>();
  private readonly copies = new Map<object, PrivateCopy>();
  private readonly raws = new WeakMap<object, RawPart>();
  private readonly written = new Set<Draft>();
  private tree: boolean | undefined;
  private benchmark: Benchmark | undefined;

  /** `base`: a result of `freezeGraph`, which must never change. */
  constructor(
    private readonly base: unknown,
    private readonly options: DraftOptions,
  ) {
    this.root = isObject(base) ? this.knownObject(base, undefined).handedOut : base;
  }

  /** Whether anything was written through a proxy. What has no proxy (dates, bytes) only the patch tells. */
  get isWritten(): boolean {
    return this.written.size > 0;
  }

  /**
   * From the base to what the value is now; empty when nothing changed. Undefined when what was written isn't enough to
   * tell, or can't be stored: then comparing `root` as a whole gives the answer.
   */
  patch(): Patch | undefined {
    const { known, copies, written, options } = this;
    try {
      return makeDraftPatch({
        written,
        copies: [...copies.values()],
        knownAt: (base, reached) => this.knownObject(base, reached),
        behind: (object) => this.knownBehind(object),
        known,
        classes: classesOf(options),
        isTree: () => (this.tree ??= options.isTree()),
        benchmark: () => (this.benchmark ??= takeBenchmark(this.base, { ...options, isChecked: true })),
      });
    } catch (error) {
      if (error instanceof Undecided || error instanceof UnsupportedPart) return undefined;
      throw error;
    }
  }

  /** What users may hold of it and share with others: what was handed out, and what they put in themselves. */
  *ownParts(): Generator<object> {
    for (const { handedOut } of this.known.values()) yield handedOut;
    for (const draft of this.written) {
      for (const slot of draft.slots()) if (slot instanceof RawPart) yield slot.object;
    }
  }

  handOut(slot: unknown, holder: KnownObject, at: unknown): unknown {
    if (!isObject(slot)) return slot;
    return slot instanceof RawPart ? slot.object : this.knownObject(slot, { holder, at }).handedOut;
  }

  toSlot(value: unknown): unknown {
    if (!isObject(value)) return value;
    const known = this.knownBehind(value);
    if (known !== undefined) return known.base;
    let raw = this.raws.get(value);
    if (raw === undefined) this.raws.set(value, (raw = new RawPart(value)));
    return raw;
  }

  noteWrite(draft: Draft): void {
    this.options.assertWritable?.();
    this.written.add(draft);
  }

  refuse(object: KnownObject, reason: string, step?: PathStep): never {
    const { name = 'value', refusal } = this.options;
    const path = new BasePaths().pathTo(object);
    const error = new UnsupportedValueError(formatPath(name, step === undefined ? path : [...path, step]), reason);
    throw refusal === undefined ? error : refusal(error);
  }

  private knownBehind(value: object): KnownObject | undefined {
    const draft = draftBehind(value);
    if (draft !== undefined) return draft.isIn(this) ? draft : undefined;
    return this.copies.get(value);
  }

  private knownObject(base: object, reached: Reached | undefined): KnownObject {
    let known = this.known.get(base);
    if (known === undefined) this.known.set(base, (known = this.open(base, reached)));
    return known;
  }

  private open(base: object, reached: Reached | undefined): KnownObject {
    const found = classify(base, classesOf(this.options));
    if (hasProperties(found.kind)) return new PropertyDraft(this, base, found, reached);
    if (found.kind === 'array') return new ArrayDraft(this, base, found, reached);
    if (found.kind === 'map') return new MapDraft(this, base, found, reached);
    if (found.kind === 'set') return new SetDraft(this, base, found, reached);
    return this.openCopy(base, found, reached);
  }

  private openCopy(base: object, found: ValueClass, reached: Reached | undefined): KnownObject {
    const copyOf = (part: object, partReached: Reached): object => this.knownObject(part, partReached).handedOut;
    const copy = new PrivateCopy(base, found, reached, classesOf(this.options), copyOf);
    this.copies.set(copy.handedOut, copy);
    return copy;
  }
}
