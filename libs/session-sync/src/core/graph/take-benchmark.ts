import type { Benchmark } from './benchmark.js';
import { copyBytes } from './binary-value.js';
import type { ClassCatalog } from './class-catalog.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import { isObject } from './is-object.js';
import { ownKeys } from './own-data.js';
import { ownSlots } from './own-slots.js';
import { ShapeTable, type Shape } from './shape.js';
import { UnsupportedPart, whyUnsupported } from './unsupported-part.js';
import { classify, hasProperties, isSingleValue, type ValueClass } from './value-kind.js';
import { withPaths } from './with-paths.js';

/**
 * Records `value` as the previous version that `compareGraphs` compares with. Costs one walk; later changes of `value`
 * don't affect it. Comparing the same objects again (changed in place) or those of `makeWorkingCopy` is fastest;
 * any other value works too.
 * @throws UnsupportedValueError for what can't be part of a session, naming the path
 */
export function takeBenchmark(value: unknown, options: GraphOptions = {}): Benchmark {
  return withPaths(value, options, () => new BenchmarkTaker(classesOf(options)).take(value));
}

class BenchmarkTaker {
  private readonly nodes = new Map<object, number>();
  private readonly objects: object[] = [];
  private readonly shapes: Shape[] = [];
  private readonly starts: number[] = [];
  private readonly slots: unknown[] = [];
  private readonly reachedThrough: number[] = [];
  private readonly table = new ShapeTable();
  private hasSharing = false;

  constructor(private readonly classes: ClassCatalog) {}

  take(root: unknown): Benchmark {
    if (isObject(root)) {
      this.discover(root, -1);
      // The list grows while it is walked.
      for (const object of this.objects) this.record(object);
    } else {
      const reason = whyUnsupported(root);
      if (reason !== undefined) throw new UnsupportedPart(undefined, reason);
    }
    const { objects, nodes, shapes, starts, slots, reachedThrough, hasSharing } = this;
    starts.push(slots.length);
    return { root, objects, nodes, shapes, starts, slots, reachedThrough, hasSharing };
  }

  private discover(object: object, slot: number): void {
    if (this.nodes.has(object)) {
      this.hasSharing = true;
      return;
    }
    this.nodes.set(object, this.objects.length);
    this.objects.push(object);
    this.reachedThrough.push(slot);
  }

  private record(object: object): void {
    const found = classify(object, this.classes);
    const keys = hasProperties(found.kind) ? ownKeys(object) : undefined;
    this.starts.push(this.slots.length);
    this.shapes.push(this.table.shapeOf(found, keys));
    if (found.kind === 'buffer') this.slots.push(copyBytes(object as ArrayBuffer));
    else if (found.kind === 'converted') this.slots.push(this.imageOf(object, found));
    else this.recordSlots(ownSlots(object, found, keys), isSingleValue(found.kind));
  }

  private recordSlots(slots: readonly unknown[], areState: boolean): void {
    for (const slot of slots) {
      if (!areState && isObject(slot)) this.discover(slot, this.slots.length);
      this.slots.push(slot);
    }
  }

  private imageOf(object: object, { entry }: ValueClass): Benchmark {
    return new BenchmarkTaker(this.classes).take(entry?.toPlain?.(object));
  }
}
