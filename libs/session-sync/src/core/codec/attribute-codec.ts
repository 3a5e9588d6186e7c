import { UnsupportedValueError } from '../errors/index.js';
import {
  cloneGraph,
  compareGraphs,
  containsUnfreezable,
  freezeGraph,
  makeWorkingCopy,
  takeBenchmark,
  type Benchmark,
  type ClassCatalog,
  type GraphOptions,
  type WorkingCopy,
} from '../graph/index.js';
import { Drafts, type DraftOptions } from '../drafts/index.js';
import { applyPatchToFrozen, isTree, mergeOnto, type Patch, type RebasedPatch } from '../patch/index.js';
import { classesOf } from '../graph/graph-options.js';
import { isObject } from '../graph/is-object.js';
import { FIRST_VERSION, type AttributeVersions } from './attribute-versions.js';
import { decodeVersion } from './decode-version.js';
import { decode } from './decode.js';
import { encode, encodeCanonical } from './encode.js';
import { passThroughCatalog } from './pass-through-catalog.js';
import { decodePatch, encodePatch } from './patch-text.js';
import { refuse, refusedAs } from './read-error.js';

/** How stored text of a declared attribute is read. */
export interface AttributeReading {
  readonly versions: AttributeVersions;
  /** The frozen value that stands in for text that can't be read; without it that is an error. */
  readonly standIn?: (() => unknown) | undefined;
}

/** What drafts need besides the codec's own options. */
export type OpeningOptions = Omit<DraftOptions, keyof GraphOptions>;

/** Values under one catalog of classes: everything the engine does with an attribute's value and its text. */
export class AttributeCodec {
  /** For what the package itself has made or frozen. */
  private readonly ofChecked: GraphOptions;
  /** Frozen values never change, so each is looked through once. */
  private readonly trees = new WeakMap<object, boolean>();
  private passThroughMade: AttributeCodec | undefined;

  /** Without `reading` text of any version is taken as it is. */
  constructor(
    readonly options: GraphOptions,
    private readonly reading?: AttributeReading,
  ) {
    this.ofChecked = { ...options, isChecked: true };
  }

  get classes(): ClassCatalog {
    return classesOf(this.options);
  }

  /** Under which version values are stored. */
  get version(): number {
    return this.reading?.versions.version ?? FIRST_VERSION;
  }

  /** Whether text of that version is read as it is. */
  isOwn(version: number): boolean {
    return this.reading === undefined || version === this.reading.versions.version;
  }

  get standIn(): (() => unknown) | undefined {
    return this.reading?.standIn;
  }

  /** For text whose classes this application doesn't know, or knows otherwise: nothing is understood, nothing lost. */
  get passThrough(): AttributeCodec {
    if (this.reading === undefined) return this;
    this.passThroughMade ??= this.withOptions({ ...this.options, classes: passThroughCatalog() });
    return this.passThroughMade;
  }

  protected withOptions(options: GraphOptions): AttributeCodec {
    return new AttributeCodec(options);
  }

  /** Of a value frozen by {@link copyFrozen} or {@link decodeFrozen}, or made of such by {@link apply}. */
  encode(frozen: unknown): string {
    return encode(frozen, this.ofChecked);
  }

  /** Text that is the same for equal values. @throws UnsupportedValueError */
  encodeCanonical(value: unknown): string {
    return encodeCanonical(value, this.options);
  }

  /** @throws AttributeDecodeError */
  decodeFrozen(text: string): unknown {
    return refusedAs(this.options.name, () => freezeGraph(decode(text, this.options), this.options));
  }

  /** The frozen value of text that was stored under another version. @throws AttributeDecodeError */
  decodeVersion(text: string, storedVersion: number): unknown {
    const { options, reading } = this;
    if (reading === undefined) return this.decodeFrozen(text);
    return refusedAs(options.name, () => {
      const value = decodeVersion(text, storedVersion, { ...options, ...reading.versions });
      return this.copyMigrated(value);
    });
  }

  /** A frozen copy that shares nothing with `value`. @throws UnsupportedValueError naming the path */
  copyFrozen(value: unknown): unknown {
    return freezeGraph(cloneGraph(value, this.options), this.options);
  }

  /** A copy to change. */
  copy(value: unknown): unknown {
    return cloneGraph(value, this.options);
  }

  /** Whether a frozen value can be handed to several units: nothing in it can be changed. */
  isShareable(frozen: unknown): boolean {
    return !containsUnfreezable(frozen, this.options);
  }

  /** A frozen value for somebody who might try to change it: a copy where something in it can't be frozen. */
  viewOf(frozen: unknown): unknown {
    return this.isShareable(frozen) ? frozen : this.copyFrozen(frozen);
  }

  takeBenchmark(frozen: unknown): Benchmark {
    return takeBenchmark(frozen, this.ofChecked);
  }

  /** A value to change in place, and the benchmark to compare it with afterwards. */
  makeWorkingCopy(benchmark: Benchmark): WorkingCopy {
    return makeWorkingCopy(benchmark);
  }

  /** The frozen value to change through proxies, without a copy. */
  openDrafts(frozen: unknown, options: OpeningOptions): Drafts {
    return new Drafts(frozen, { ...this.options, ...options });
  }

  compare(benchmark: Benchmark, value: unknown): Patch {
    return compareGraphs(benchmark, value, this.options);
  }

  encodePatch(patch: Patch): string {
    return encodePatch(patch, this.ofChecked);
  }

  /** The frozen value after `patch`; `frozen` itself stays as it is. `isTree`: no object in it is held twice. */
  apply(frozen: unknown, patch: Patch, isTree: boolean): unknown {
    return applyPatchToFrozen(frozen, patch, { ...this.options, isTree });
  }

  /** Whether no object in a frozen value is held twice. */
  isTree(frozen: unknown): boolean {
    if (!isObject(frozen)) return true;
    const known = this.trees.get(frozen) ?? isTree(frozen);
    this.trees.set(frozen, known);
    return known;
  }

  /** `ours`, a patch of the frozen `base`, as a patch of `theirs`, another frozen version of it. */
  mergeOnto(base: unknown, ours: Patch, theirs: unknown): RebasedPatch {
    return mergeOnto(base, ours, theirs, { ...this.options, isFrozenTree: (frozen) => this.isTree(frozen) });
  }

  /** @throws AttributeDecodeError */
  decodePatch(text: string): Patch {
    return refusedAs(this.options.name, () => decodePatch(text, this.options));
  }

  /** A migration may have put in what belongs to the application: that isn't to be frozen. */
  private copyMigrated(value: unknown): unknown {
    try {
      return this.copyFrozen(value);
    } catch (error) {
      if (!(error instanceof UnsupportedValueError)) throw error;
      return refuse(`its migration gave what can't be stored (${error.message})`, error);
    }
  }
}
