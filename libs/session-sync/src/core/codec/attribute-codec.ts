import {
  cloneGraph,
  compareGraphs,
  containsUnfreezable,
  freezeGraph,
  makeWorkingCopy,
  takeBenchmark,
  type Benchmark,
  type GraphOptions,
  type WorkingCopy,
} from '../graph/index.js';
import { applyPatchToFrozen, isTree, mergeOnto, type Patch, type RebasedPatch } from '../patch/index.js';
import { decode } from './decode.js';
import { encode, encodeCanonical } from './encode.js';
import { decodePatch, encodePatch } from './patch-text.js';

/** Values under one catalog of classes: everything the engine does with an attribute's value and its text. */
export class AttributeCodec {
  constructor(readonly options: GraphOptions) {}

  encode(value: unknown): string {
    return encode(value, this.options);
  }

  /** Text that is the same for equal values. @throws UnsupportedValueError */
  encodeCanonical(value: unknown): string {
    return encodeCanonical(value, this.options);
  }

  /** @throws AttributeDecodeError */
  decodeFrozen(text: string): unknown {
    return freezeGraph(decode(text, this.options), this.options);
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

  takeBenchmark(value: unknown): Benchmark {
    return takeBenchmark(value, this.options);
  }

  /** A value to change in place, and the benchmark to compare it with afterwards. */
  makeWorkingCopy(benchmark: Benchmark): WorkingCopy {
    return makeWorkingCopy(benchmark);
  }

  compare(benchmark: Benchmark, value: unknown): Patch {
    return compareGraphs(benchmark, value, this.options);
  }

  encodePatch(patch: Patch): string {
    return encodePatch(patch, this.options);
  }

  /** The frozen value after `patch`; `frozen` itself stays as it is. `isTree`: no object in it is held twice. */
  apply(frozen: unknown, patch: Patch, isTree: boolean): unknown {
    return applyPatchToFrozen(frozen, patch, { ...this.options, isTree });
  }

  /** Whether no object in a frozen value is held twice. */
  isTree(frozen: unknown): boolean {
    return isTree(frozen);
  }

  /** `ours`, a patch of the frozen `base`, as a patch of `theirs`, another frozen version of it. */
  mergeOnto(base: unknown, ours: Patch, theirs: unknown): RebasedPatch {
    return mergeOnto(base, ours, theirs, this.options);
  }

  /** @throws AttributeDecodeError */
  decodePatch(text: string): Patch {
    return decodePatch(text, this.options);
  }
}
