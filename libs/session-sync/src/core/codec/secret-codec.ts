import { AttributeDecodeError, PatchMismatchError, UnsupportedValueError } from '../errors/index.js';
import type { Benchmark, GraphOptions } from '../graph/index.js';
import type { Patch, RebasedPatch } from '../patch/index.js';
import type { Drafts } from '../drafts/index.js';
import { AttributeCodec, type OpeningOptions } from './attribute-codec.js';
import { isSealed } from './sealed-text.js';

/** The codec of a secret attribute: its errors say nothing of what is in the value, neither paths nor pieces of text. */
export class SecretCodec extends AttributeCodec {
  override encode(value: unknown): string {
    return this.discreet(() => super.encode(value));
  }

  override encodeCanonical(value: unknown): string {
    return this.discreet(() => super.encodeCanonical(value));
  }

  override decodeFrozen(text: string): unknown {
    this.assertOpened(text);
    return this.discreet(() => super.decodeFrozen(text));
  }

  override decodeVersion(text: string, storedVersion: number): unknown {
    this.assertOpened(text);
    return this.discreet(() => super.decodeVersion(text, storedVersion));
  }

  protected override withOptions(options: GraphOptions): AttributeCodec {
    return new SecretCodec(options);
  }

  override copyFrozen(value: unknown): unknown {
    return this.discreet(() => super.copyFrozen(value));
  }

  override copy(value: unknown): unknown {
    return this.discreet(() => super.copy(value));
  }

  override takeBenchmark(value: unknown): Benchmark {
    return this.discreet(() => super.takeBenchmark(value));
  }

  override openDrafts(frozen: unknown, options: OpeningOptions): Drafts {
    return super.openDrafts(frozen, { ...options, refusal: (error) => this.withoutContent(error) });
  }

  override compare(benchmark: Benchmark, value: unknown): Patch {
    return this.discreet(() => super.compare(benchmark, value));
  }

  override encodePatch(patch: Patch): string {
    return this.discreet(() => super.encodePatch(patch));
  }

  override decodePatch(text: string): Patch {
    return this.discreet(() => super.decodePatch(text));
  }

  override apply(frozen: unknown, patch: Patch, isTree: boolean): unknown {
    return this.discreet(() => super.apply(frozen, patch, isTree));
  }

  override mergeOnto(base: unknown, ours: Patch, theirs: unknown): RebasedPatch {
    const rebased = this.discreet(() => super.mergeOnto(base, ours, theirs));
    return rebased.ok ? rebased : { ...rebased, conflicts: [''] };
  }

  private assertOpened(text: string): void {
    if (!isSealed(text)) return;
    throw new AttributeDecodeError('it is sealed, and this node has no key that opens it here', this.options.name);
  }

  private discreet<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.withoutContent(error);
    }
  }

  private withoutContent(error: unknown): unknown {
    const { name = 'value' } = this.options;
    if (error instanceof UnsupportedValueError) {
      return new UnsupportedValueError(name, "it holds what can't be stored; of a secret attribute is not told what");
    }
    if (error instanceof AttributeDecodeError) {
      return new AttributeDecodeError('what is wrong with a secret attribute is not told', name);
    }
    if (error instanceof PatchMismatchError) return new PatchMismatchError(name, 'it is another version');
    return error;
  }
}
