import { Benchmark } from './benchmark.js';
import { copyBytes } from './binary-value.js';
import type { ClassCatalog } from './class-catalog.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import { isObject } from './is-object.js';
import { HOLE, ownKeys } from './own-data.js';
import { ownSlots } from './own-slots.js';
import { hasEnumerablePrototype } from './plain-prototype.js';
import { NO_KEYS, ShapeTable, type Shape } from './shape.js';
import { UnsupportedPart, whyUnsupported } from './unsupported-part.js';
import { classify, hasProperties, isSingleValue, type ValueClass } from './value-kind.js';
import { withPaths } from './with-paths.js';

/**
 * Records `value` as the previous version that `compareGraphs` compares with. Costs one walk; later changes of `value`
 * don't affect it. Comparing the same objects again (changed in place) or those of `makeWorkingCopy` is fastest;
 * any other value works too.
 * @throws UnsupportedValueError for what can't be part of a session, naming the path
 *
 * @example
 * const rows = [{ id: 1 }, { id: 2 }];
 * const benchmark = takeBenchmark(rows);
 * rows.unshift({ id: 0 });
 * compareGraphs(benchmark, rows); // → [{ op: 'splice', path: [], index: 0, remove: 0, items: [{ id: 0 }] }]
 * takeBenchmark({ total: () => 1 }); // throws UnsupportedValueError
 */
export function takeBenchmark(value: unknown, options: GraphOptions = {}): Benchmark {
  const { isChecked = false } = options;
  return withPaths(value, options, () => new BenchmarkTaker(classesOf(options), isChecked).take(value));
}

class BenchmarkTaker {
  private readonly met = new Set<object>();
  private readonly objects: object[] = [];
  private readonly shapes: Shape[] = [];
  private readonly starts: number[] = [];
  private readonly slots: unknown[] = [];
  private readonly reachedThrough: number[] = [];
  private readonly table = new ShapeTable();
  private hasSharing = false;
  /** Whether properties may simply be read. */
  private readonly canRead: boolean;

  constructor(
    private readonly classes: ClassCatalog,
    isChecked: boolean,
  ) {
    this.canRead = isChecked && !hasEnumerablePrototype();
  }

  take(root: unknown): Benchmark {
    const { objects, starts, slots } = this;
    if (isObject(root)) {
      this.discover(root, -1);
      // The list grows while it is walked.
      for (let node = 0; node < objects.length; node++) this.record(objects[node] ?? root);
    } else {
      const reason = whyUnsupported(root);
      if (reason !== undefined) throw new UnsupportedPart(undefined, reason);
    }
    starts.push(slots.length);
    return new Benchmark({
      root,
      // Copied to their length: lists that were pushed to keep up to half as much again in reserve.
      objects: objects.slice(),
      shapes: this.shapes.slice(),
      slots: slots.slice(),
      starts: starts.slice(),
      reachedThrough: this.reachedThrough.slice(),
      hasSharing: this.hasSharing,
    });
  }

  private discover(object: object, slot: number): void {
    const { met, objects } = this;
    if (met.has(object)) {
      this.hasSharing = true;
      return;
    }
    met.add(object);
    objects.push(object);
    this.reachedThrough.push(slot);
  }

  private record(object: object): void {
    this.starts.push(this.slots.length);
    if (!this.canRead) this.recordAny(object);
    else if (Object.getPrototypeOf(object) === Object.prototype) this.readProperties(object);
    else if (Array.isArray(object)) this.readElements(object);
    else this.recordAny(object);
  }

  private recordAny(object: object): void {
    const found = classify(object, this.classes);
    const keys = hasProperties(found.kind) ? ownKeys(object) : NO_KEYS;
    this.shapes.push(this.table.shapeOf(found, keys));
    if (found.kind === 'buffer') this.slots.push(copyBytes(object as ArrayBuffer));
    else if (found.kind === 'converted') this.slots.push(this.imageOf(object, found));
    else this.recordSlots(ownSlots(object, found, keys), isSingleValue(found.kind));
  }

  private readProperties(object: object): void {
    const { slots } = this;
    this.shapes.push(this.table.plainShapeOf(object));
    const parts = object as Readonly<Record<string, unknown>>;
    for (const key in parts) {
      const part = parts[key];
      if (isObject(part)) this.discover(part, slots.length);
      slots.push(part);
    }
  }

  private readElements(array: readonly unknown[]): void {
    const { slots } = this;
    this.shapes.push(this.table.shapeOf(classify(array, this.classes), NO_KEYS));
    for (let index = 0; index < array.length; index++) {
      const part = array[index];
      if (isObject(part)) this.discover(part, slots.length);
      slots.push(part === undefined && !Object.hasOwn(array, index) ? HOLE : part);
    }
  }

  private recordSlots(slots: readonly unknown[], areState: boolean): void {
    for (const slot of slots) {
      if (!areState && isObject(slot)) this.discover(slot, this.slots.length);
      this.slots.push(slot);
    }
  }

  private imageOf(object: object, { entry }: ValueClass): Benchmark {
    return new BenchmarkTaker(this.classes, false).take(entry?.toPlain?.(object));
  }
}
