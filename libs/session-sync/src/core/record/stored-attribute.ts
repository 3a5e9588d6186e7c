import type { AttributeCodec } from '../codec/attribute-codec.js';
import type { Benchmark } from '../graph/index.js';
import { FIRST_VERSION, utf8Length } from '../codec/index.js';
import { AttributeDecodeError, PatchMismatchError } from '../errors/index.js';
import { keepsTree, type Patch } from '../patch/index.js';

/** Patches kept unapplied before they are folded into the text, so that a session nobody reads stays bounded. */
const MAX_PENDING_PATCHES = 64;

/** A value, frozen, and whether no object in it is held twice: then patching it costs what the patch touches. */
interface Frozen {
  readonly value: unknown;
  readonly isTree: boolean;
}

/** A frozen value of which that may not be known yet. */
type Readable = Frozen | { readonly value: unknown };

/**
 * One attribute as the primary state has it. Immutable to those who hold it; text, value and benchmark are each made
 * when first asked for, so that what isn't accessed isn't parsed. Text and patches are of the version it was stored
 * under; value and benchmark of the version that the application declares.
 */
export class StoredAttribute {
  private benchmarkMade: Benchmark | undefined;
  private isShareable: boolean | undefined;
  private failure: AttributeDecodeError | undefined;

  private constructor(
    /** The version it is stored under. */
    readonly version: number,
    private text: string | undefined,
    private pending: readonly string[],
    private frozen: Readable | undefined,
    private size: number,
  ) {}

  static ofText(text: string, version = FIRST_VERSION): StoredAttribute {
    return new StoredAttribute(version, text, [], undefined, utf8Length(text));
  }

  /**
   * `value`, of the version that the application declares, must be frozen (graph/freezeGraph) and never change again;
   * `bytes` bounds its encoded size from above.
   */
  static ofValue(value: unknown, bytes: number, version: number, text?: string): StoredAttribute {
    return new StoredAttribute(version, text, [], { value }, bytes);
  }

  /** Bytes of its text; an upper bound while the text isn't made. */
  get bytes(): number {
    return this.size;
  }

  /** This attribute after `patchText`; `made` is the patch and its frozen result where the caller has them already. */
  patched(
    patchText: string,
    codec: AttributeCodec,
    made?: { readonly patch: Patch; readonly after: unknown },
  ): StoredAttribute {
    const bytes = this.size + utf8Length(patchText);
    if (made === undefined && !this.hasOwnValue(codec)) {
      const next = new StoredAttribute(this.version, this.text, [...this.pending, patchText], undefined, bytes);
      if (next.pending.length > MAX_PENDING_PATCHES) next.foldBy(codec);
      return next;
    }
    try {
      const patch = made?.patch ?? codec.decodePatch(patchText);
      const after = made === undefined ? this.storedAfter(patch, codec) : made.after;
      return new StoredAttribute(this.version, undefined, [], this.treeAfter(patch, after, codec), bytes);
    } catch (error) {
      if (!(error instanceof AttributeDecodeError)) throw error;
      // Whoever accesses the attribute meets it again; the session can be read.
      return new StoredAttribute(this.version, this.textBy(codec), [patchText], undefined, bytes);
    }
  }

  /**
   * The frozen value; of text that can't be read what the codec has to stand in for it.
   * @throws AttributeDecodeError
   */
  valueBy(codec: AttributeCodec): unknown {
    this.frozen ??= codec.isOwn(this.version) ? this.readBy(codec) : this.migratedBy(codec);
    return this.frozen.value;
  }

  /** Why its text can't be read, whether or not something stands in for it; undefined when it can. */
  whyUndecodable(codec: AttributeCodec): AttributeDecodeError | undefined {
    try {
      this.valueBy(codec);
    } catch (error) {
      if (!(error instanceof AttributeDecodeError)) throw error;
    }
    return this.failure;
  }

  /** Whether a patch to its value can be stored: it is of the application's version, and can be read. */
  takesPatches(codec: AttributeCodec): boolean {
    return codec.isOwn(this.version) && this.whyUndecodable(codec) === undefined;
  }

  /** The frozen value after `patch`; what isn't touched is shared with this one. */
  valueAfter(patch: Patch, codec: AttributeCodec): unknown {
    const { value, isTree } = this.frozenBy(codec);
    return codec.apply(value, patch, isTree);
  }

  /** The value for a reader: itself, or a copy of its own when it holds parts that can't be frozen. */
  viewBy(codec: AttributeCodec): unknown {
    const value = this.valueBy(codec);
    this.isShareable ??= codec.isShareable(value);
    return this.isShareable ? value : codec.copyFrozen(value);
  }

  /** Its encoded text, of the version it is stored under. @throws AttributeDecodeError */
  textBy(codec: AttributeCodec): string {
    if (this.text === undefined || this.pending.length > 0) {
      this.text = this.takesPatches(codec) ? codec.encode(this.valueBy(codec)) : this.foldedBy(codec);
      this.pending = [];
      this.size = utf8Length(this.text);
    }
    return this.text;
  }

  /**
   * Its text for a message that stands alone; undefined when nothing can be kept of it: patches that don't fit can't be
   * carried along, and without them it would go back in time.
   * @throws AttributeDecodeError unless the codec has something to stand in for it
   */
  textToKeepBy(codec: AttributeCodec): string | undefined {
    try {
      return this.textBy(codec);
    } catch (error) {
      if (codec.standIn === undefined || !(error instanceof AttributeDecodeError)) throw error;
      return undefined;
    }
  }

  /** Whether both hold the same text of the same version. @throws AttributeDecodeError */
  isSameAs(other: StoredAttribute, codec: AttributeCodec): boolean {
    return this === other || (this.version === other.version && this.textBy(codec) === other.textBy(codec));
  }

  /** What a working copy of it is compared with. */
  benchmarkBy(codec: AttributeCodec): Benchmark {
    this.benchmarkMade ??= codec.takeBenchmark(this.valueBy(codec));
    return this.benchmarkMade;
  }

  private hasOwnValue(codec: AttributeCodec): boolean {
    return this.frozen !== undefined && this.failure === undefined && codec.isOwn(this.version);
  }

  /** What `patch` makes of it, known as a tree where it is one. */
  private treeAfter(patch: Patch, value: unknown, codec: AttributeCodec): Readable {
    const isTree = this.frozenBy(codec).isTree && keepsTree(patch);
    return isTree ? { value, isTree } : { value };
  }

  /** Its own text and patches, read; the text is given up where patches change it. */
  private readBy(codec: AttributeCodec): Readable {
    return this.orStandIn(codec, () => {
      let frozen: Readable = { value: codec.decodeFrozen(this.text ?? '') };
      for (const text of this.pending) {
        const before: StoredAttribute = new StoredAttribute(this.version, undefined, [], frozen, 0);
        const patch = codec.decodePatch(text);
        frozen = before.treeAfter(patch, before.storedAfter(patch, codec), codec);
      }
      if (this.pending.length > 0) {
        this.pending = [];
        this.text = undefined;
      }
      return frozen;
    });
  }

  private migratedBy(codec: AttributeCodec): Readable {
    return this.orStandIn(codec, () => ({ value: codec.decodeVersion(this.textBy(codec), this.version) }));
  }

  private orStandIn(codec: AttributeCodec, read: () => Readable): Readable {
    try {
      if (this.failure === undefined) return read();
    } catch (error) {
      if (!(error instanceof AttributeDecodeError)) throw error;
      this.failure = error;
    }
    if (codec.standIn === undefined) throw this.failure ?? new TypeError('nothing has failed');
    return { value: codec.standIn() };
  }

  /** Its text with the patches in it, whatever classes they name. */
  private foldedBy(codec: AttributeCodec): string {
    const { passThrough } = codec;
    const apart = new StoredAttribute(this.version, this.text, this.pending, undefined, 0);
    return passThrough.encode(apart.valueBy(passThrough));
  }

  /** Takes pending patches into value or text; those that can't be stay as they are, for whoever accesses it. */
  private foldBy(codec: AttributeCodec): void {
    try {
      if (!this.takesPatches(codec)) this.textBy(codec);
    } catch (error) {
      if (!(error instanceof AttributeDecodeError)) throw error;
    }
  }

  /** A stored patch belongs to the version before it; one that doesn't fit was damaged. */
  private storedAfter(patch: Patch, codec: AttributeCodec): unknown {
    try {
      return this.valueAfter(patch, codec);
    } catch (error) {
      if (!(error instanceof PatchMismatchError)) throw error;
      const reason = `a stored patch doesn't fit (${error.reason})`;
      throw new AttributeDecodeError(reason, codec.options.name, { cause: error });
    }
  }

  /** Whether no object of its value is held twice. */
  isTreeBy(codec: AttributeCodec): boolean {
    return this.frozenBy(codec).isTree;
  }

  private frozenBy(codec: AttributeCodec): Frozen {
    const value = this.valueBy(codec);
    const { frozen } = this;
    if (frozen !== undefined && 'isTree' in frozen) return frozen;
    const known = { value, isTree: codec.isTree(value) };
    this.frozen = known;
    return known;
  }
}
