import type { GraphPath, PathStep } from './graph-path.js';
import type { Shape } from './shape.js';
import { slotStep } from './slot-step.js';

/** What a benchmark is made of, see there. */
export interface BenchmarkParts {
  readonly root: unknown;
  readonly objects: readonly object[];
  readonly shapes: readonly Shape[];
  readonly starts: readonly number[];
  readonly slots: readonly unknown[];
  readonly reachedThrough: readonly number[];
  readonly hasSharing: boolean;
}

/**
 * The previous version of a value, which a later state of it is compared with: a flat record of the graph that later
 * changes of the value don't touch. Made by `takeBenchmark`; its layout is for `compareGraphs` only.
 *
 * Objects are numbered breadth first. The slots of object n are `slots[starts[n]]` to `slots[starts[n + 1]]`: a
 * primitive, `HOLE`, or the identity of another object of the graph (identity only: its content is in its own slots).
 * The only slot of an ArrayBuffer is a copy of its bytes, that of a converted instance the benchmark of its plain image.
 */
export class Benchmark implements BenchmarkParts {
  /** The primitive, or the identity of object 0. */
  readonly root: unknown;
  readonly objects: readonly object[];
  readonly shapes: readonly Shape[];
  /** One more than there are objects. */
  readonly starts: readonly number[];
  readonly slots: readonly unknown[];
  /** Slot through which object n was first reached; -1 for the root. */
  readonly reachedThrough: readonly number[];
  /** Whether some object is reached through two slots or more. */
  readonly hasSharing: boolean;
  private numbers: ReadonlyMap<object, number> | undefined;

  constructor({ root, objects, shapes, starts, slots, reachedThrough, hasSharing }: BenchmarkParts) {
    this.root = root;
    this.objects = objects;
    this.shapes = shapes;
    this.starts = starts;
    this.slots = slots;
    this.reachedThrough = reachedThrough;
    this.hasSharing = hasSharing;
  }

  /** Number of each object. Made when first asked for: as long as nothing moves, nobody asks. */
  get nodes(): ReadonlyMap<object, number> {
    if (this.numbers === undefined) {
      const numbers = new Map<object, number>();
      for (let node = 0; node < this.objects.length; node++) numbers.set(this.objects[node] ?? this, node);
      this.numbers = numbers;
    }
    return this.numbers;
  }
}

/** Slots of object `node`, as `ownSlots` gave them. */
export function slotsOf(benchmark: Benchmark, node: number): unknown[] {
  return benchmark.slots.slice(benchmark.starts[node], benchmark.starts[node + 1]);
}

/** A shortest path to object `node` as the benchmark was taken. */
export function pathTo(benchmark: Benchmark, node: number): GraphPath {
  const steps: PathStep[] = [];
  for (let at = node; at !== 0;) {
    const slot = benchmark.reachedThrough[at] ?? -1;
    const holder = holderOf(benchmark, slot);
    steps.push(stepInto(benchmark, holder, slot - (benchmark.starts[holder] ?? 0)));
    at = holder;
  }
  return steps.reverse();
}

/** The step from object `node` into its slot of this index. */
export function stepInto(benchmark: Benchmark, node: number, index: number): PathStep {
  const shape = benchmark.shapes[node];
  if (shape === undefined) throw new RangeError(`The benchmark has no object ${node}`);
  return slotStep(shape.kind, shape.keys, shape.kind === 'map' ? slotsOf(benchmark, node) : [], index);
}

/** Number of the object that a slot belongs to. */
export function holderOf({ starts }: Benchmark, slot: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= slot) low = middle;
    else high = middle;
  }
  return low;
}
