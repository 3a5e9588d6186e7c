import type { AttributeCodec } from '../codec/attribute-codec.js';
import type { Benchmark } from '../graph/index.js';
import { utf8Length } from '../codec/index.js';

/** Patches kept unapplied before they are folded into the text, so that a session nobody reads stays bounded. */
const MAX_PENDING_PATCHES = 64;

interface Frozen {
  readonly value: unknown;
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
    private frozen: Frozen | undefined,
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

  /** This attribute after `patchText`; `after` is the frozen result where the caller has it already. */
  patched(patchText: string, codec: AttributeCodec, after?: Frozen): StoredAttribute {
    const bytes = this.size + utf8Length(patchText);
    if (after !== undefined) return new StoredAttribute(undefined, [], after, bytes);
    if (this.frozen !== undefined) {
      return new StoredAttribute(undefined, [], { value: codec.applyEncoded(this.frozen.value, patchText) }, bytes);
    }
    const next = new StoredAttribute(this.text, [...this.pending, patchText], undefined, bytes);
    if (next.pending.length > MAX_PENDING_PATCHES) next.valueBy(codec);
    return next;
  }

  /** The frozen value. @throws AttributeDecodeError */
  valueBy(codec: AttributeCodec): unknown {
    if (this.frozen === undefined) {
      let value = codec.decodeFrozen(this.text ?? '');
      for (const patch of this.pending) value = codec.applyEncoded(value, patch);
      this.frozen = { value };
      if (this.pending.length > 0) {
        this.pending = [];
        this.text = undefined;
      }
    }
    return this.frozen.value;
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

  /** What a working copy of it is compared with. */
  benchmarkBy(codec: AttributeCodec): Benchmark {
    this.benchmarkMade ??= codec.takeBenchmark(this.valueBy(codec));
    return this.benchmarkMade;
  }
}
