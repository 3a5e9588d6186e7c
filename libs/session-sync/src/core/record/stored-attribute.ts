import type { AttributeCodec } from '../codec/attribute-codec.js';
import type { Benchmark } from '../graph/index.js';
import { utf8Length } from '../codec/index.js';
import { AttributeDecodeError, PatchMismatchError } from '../errors/index.js';
import { keepsTree, type Patch } from '../patch/index.js';

/** Patches kept unapplied before they are folded into the text, so that a session nobody reads stays bounded. */
const MAX_PENDING_PATCHES = 64;

/** A value, frozen, and whether no object in it is held twice: then patching it costs what the patch touches. */
interface Frozen {
  readonly value: unknown;
  readonly isTree: boolean;
}

/**
 * One attribute as the primary state has it. Immutable to those who hold it; text, value and benchmark are each made
 * when first asked for, so that what isn't accessed isn't parsed.
 */
export class StoredAttribute {
  private benchmarkMade: Benchmark | undefined;
  private isShareable: boolean | undefined;

  private constructor(
    private text: string | undefined,
    private pending: readonly string[],
    private frozen: Frozen | { readonly value: unknown } | undefined,
    private size: number,
  ) {}

  static ofText(text: string): StoredAttribute {
    return new StoredAttribute(text, [], undefined, utf8Length(text));
  }

  /** `value` must be frozen (graph/freezeGraph) and never change again; `bytes` bounds its encoded size from above. */
  static ofValue(value: unknown, bytes: number, text?: string): StoredAttribute {
    return new StoredAttribute(text, [], { value }, bytes);
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
    if (made === undefined && this.frozen === undefined) {
      const next = new StoredAttribute(this.text, [...this.pending, patchText], undefined, bytes);
      if (next.pending.length > MAX_PENDING_PATCHES) next.valueBy(codec);
      return next;
    }
    const patch = made?.patch ?? codec.decodePatch(patchText);
    const value = made === undefined ? this.storedAfter(patch, codec) : made.after;
    const isTree = this.frozenBy(codec).isTree && keepsTree(patch);
    return new StoredAttribute(undefined, [], isTree ? { value, isTree } : { value }, bytes);
  }

  /** The frozen value. @throws AttributeDecodeError */
  valueBy(codec: AttributeCodec): unknown {
    if (this.frozen === undefined) {
      const decoded = new StoredAttribute(undefined, [], { value: codec.decodeFrozen(this.text ?? '') }, 0);
      const last = this.pending.reduce((before, patch) => before.patched(patch, codec), decoded);
      this.frozen = last.frozenBy(codec);
      if (this.pending.length > 0) {
        this.pending = [];
        this.text = undefined;
      }
    }
    return this.frozen.value;
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

  /** Its encoded text. @throws AttributeDecodeError */
  textBy(codec: AttributeCodec): string {
    if (this.text === undefined || this.pending.length > 0) {
      this.text = codec.encode(this.valueBy(codec));
      this.size = utf8Length(this.text);
    }
    return this.text;
  }

  /** A stored patch belongs to the version before it; one that doesn't fit was damaged. */
  private storedAfter(patch: Patch, codec: AttributeCodec): unknown {
    try {
      return this.valueAfter(patch, codec);
    } catch (error) {
      if (!(error instanceof PatchMismatchError)) throw error;
      throw new AttributeDecodeError(`a stored patch doesn't fit (${error.reason})`, undefined, { cause: error });
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

  /** What a working copy of it is compared with. */
  benchmarkBy(codec: AttributeCodec): Benchmark {
    this.benchmarkMade ??= codec.takeBenchmark(this.valueBy(codec));
    return this.benchmarkMade;
  }
}
