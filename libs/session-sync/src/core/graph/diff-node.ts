import { ObjectAt } from '../patch/object-at.js';
import type { Operation } from '../patch/operation.js';
import { viewAtOf } from '../patch/view-at.js';
import { pathTo, slotsOf, type Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { diffArray } from './diff-array.js';
import { diffBytes } from './diff-bytes.js';
import { diffMap, diffSet } from './diff-collections.js';
import { GraphCopier } from './graph-copier.js';
import type { GraphPath } from './graph-path.js';
import type { NodeDiff } from './node-diff.js';
import { positionsIn } from './positions-in.js';
import type { Surveyed } from './survey-graph.js';
import { hasProperties } from './value-kind.js';

/** Which objects of the new version continue objects of the benchmark. */
export interface Continuation {
  /** Number of the object that `object` continues; undefined = it is new. */
  nodeOf(object: object): number | undefined;
  isSame(slot: unknown, part: unknown): boolean;
  recordedOf(part: unknown): unknown;
}

/** Writes the operations that turn objects of the benchmark into what they are now. */
export class NodeDiffer {
  private readonly copier: GraphCopier;

  constructor(
    private readonly benchmark: Benchmark,
    private readonly continuation: Continuation,
    classes: ClassCatalog,
  ) {
    const standInOf = (object: object): ObjectAt | undefined => {
      const node = continuation.nodeOf(object);
      return node === undefined ? undefined : new ObjectAt(pathTo(benchmark, node));
    };
    this.copier = new GraphCopier(classes, (object) => standInOf(object) ?? viewAtOf(object, standInOf));
  }

  /** A part of the new version as the value of an operation. */
  capture(part: unknown): unknown {
    return this.copier.copy(part);
  }

  /** The operations for object `node`, which is now `object`. */
  diff(node: number, object: object, { found, keys, slots }: Surveyed): Operation[] {
    if (found.kind !== 'buffer' && this.isUnchanged(node, keys, slots)) return [];
    const before = slotsOf(this.benchmark, node);
    const diff = this.versionsOf(node, before, slots);
    if (hasProperties(found.kind)) return diffProperties(diff, this.benchmark.shapes[node]?.keys ?? [], keys);
    if (found.kind === 'array') return diffArray(diff);
    if (found.kind === 'map') return diffMap(diff);
    if (found.kind === 'set') return diffSet(diff);
    return found.kind === 'buffer' ? diffBytes(diff, before[0] as Uint8Array, object as ArrayBuffer) : [];
  }

  /** A quick look first: most objects of a changed graph are as they were. */
  private isUnchanged(node: number, keys: readonly string[], slots: readonly unknown[]): boolean {
    const { starts, slots: recorded, shapes } = this.benchmark;
    const start = starts[node] ?? 0;
    const names = shapes[node]?.keys ?? [];
    if ((starts[node + 1] ?? start) - start !== slots.length) return false;
    for (let index = 0; index < slots.length; index++) {
      if (names[index] !== keys[index] || !this.continuation.isSame(recorded[start + index], slots[index]))
        return false;
    }
    return true;
  }

  private versionsOf(node: number, before: readonly unknown[], after: readonly unknown[]): NodeDiff {
    const { benchmark, continuation } = this;
    let path: GraphPath | undefined;
    return {
      // Only what changed needs a path, and finding one costs its length.
      get path() {
        path ??= pathTo(benchmark, node);
        return path;
      },
      before,
      after,
      isSame: (slot, part) => continuation.isSame(slot, part),
      recordedOf: (part) => continuation.recordedOf(part),
      capture: (part) => this.capture(part),
    };
  }
}

export function diffProperties(diff: NodeDiff, names: readonly string[], keys: readonly string[]): Operation[] {
  const operations: Operation[] = [];
  const positions = positionsIn(names, keys);
  for (let index = 0; index < keys.length; index++) {
    const at = positions[index] ?? -1;
    if (at !== -1 && diff.isSame(diff.before[at], diff.after[index])) continue;
    operations.push({ op: 'set', path: [...diff.path, keys[index] ?? ''], value: diff.capture(diff.after[index]) });
  }
  if (names.length === keys.length && positions.every((at, index) => at === index)) return operations;
  const kept = new Set(positions);
  for (const [at, name] of names.entries()) {
    if (!kept.has(at)) operations.push({ op: 'delete', path: [...diff.path, name] });
  }
  return operations;
}
