import type { Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { isObject } from './is-object.js';
import { HOLE } from './own-data.js';
import { ownSlots } from './own-slots.js';
import type { Shape } from './shape.js';
import { isSameOpaque } from './is-same-graph.js';
import { classify, hasProperties, isSingleValue } from './value-kind.js';

/**
 * What became of an object. `edited`: only primitives in it changed. `restructured`: parts came or went, or one of them
 * is another object now. `replaced`: it is one value, and another one now.
 */
type Outcome = 'same' | 'edited' | 'restructured' | 'replaced';

/** Numbers of the objects that aren't as they were. */
export interface Sweep {
  readonly changed: readonly number[];
  readonly isRestructured: boolean;
}

/**
 * Compares the very objects the benchmark was taken of with what it recorded, in one pass over its list: no search, no
 * map, no path. Undefined when a single value was replaced: then it takes a walk to find all who refer to it.
 * @throws UnsupportedPart
 */
export function sweep(benchmark: Benchmark, classes: ClassCatalog): Sweep | undefined {
  const { objects, shapes, starts, slots } = benchmark;
  const changed: number[] = [];
  let isRestructured = false;
  for (let node = 0; node < objects.length; node++) {
    const object = objects[node];
    const shape = shapes[node];
    const start = starts[node] ?? 0;
    if (object === undefined || shape === undefined) continue;
    const outcome =
      shape.kind === 'object'
        ? sweepProperties(object, shape.keys, slots, start)
        : shape.kind === 'array'
          ? sweepElements(object as unknown[], slots, start, starts[node + 1] ?? start)
          : sweepOther(benchmark, node, shape, classes);
    if (outcome === 'same') continue;
    if (outcome === 'replaced') return undefined;
    isRestructured ||= outcome === 'restructured';
    changed.push(node);
  }
  return { changed, isRestructured };
}

function sweepProperties(object: object, keys: readonly string[], slots: readonly unknown[], start: number): Outcome {
  const parts = object as Readonly<Record<string, unknown>>;
  // Reading this costs a fraction of asking for the prototype, and a property of that name only that question.
  if (parts['constructor'] !== Object && Object.getPrototypeOf(object) !== Object.prototype) return 'replaced';
  let outcome: Outcome = 'same';
  let count = 0;
  // Own names come first, in order; inherited ones, if there are any, end in the general comparison.
  for (const key in parts) {
    // Before it is read: a property that was added may be a getter.
    if (key !== keys[count]) return 'restructured';
    const value = parts[key];
    const slot = slots[start + count];
    count++;
    if (Object.is(value, slot)) continue;
    if (isObject(slot) || isObject(value)) return 'restructured';
    outcome = 'edited';
  }
  return count === keys.length ? outcome : 'restructured';
}

function sweepElements(array: readonly unknown[], slots: readonly unknown[], start: number, end: number): Outcome {
  if (Object.getPrototypeOf(array) !== Array.prototype) return 'replaced';
  if (array.length !== end - start) return 'restructured';
  let outcome: Outcome = 'same';
  for (let index = 0; index < array.length; index++) {
    const part = array[index];
    const value = part === undefined && !Object.hasOwn(array, index) ? HOLE : part;
    const slot = slots[start + index];
    if (Object.is(value, slot)) continue;
    if (isObject(slot) || isObject(value)) return 'restructured';
    outcome = 'edited';
  }
  return outcome;
}

function sweepOther(benchmark: Benchmark, node: number, shape: Shape, classes: ClassCatalog): Outcome {
  const { objects, starts, slots } = benchmark;
  const object = objects[node] ?? {};
  const start = starts[node] ?? 0;
  const found = classify(object, classes);
  if (found.kind !== shape.kind || found.entry !== shape.entry) return 'replaced';
  if (found.kind === 'buffer') return isSameOpaque(object, found, slots[start], classes) ? 'same' : 'edited';
  if (found.kind === 'converted') return isSameOpaque(object, found, slots[start], classes) ? 'same' : 'replaced';
  if (hasProperties(found.kind) && !hasKeys(object, shape.keys)) return 'restructured';
  const current = ownSlots(object, found, shape.keys);
  if (current.length !== (starts[node + 1] ?? start) - start) return 'restructured';
  const isKeyed = hasProperties(found.kind) || found.kind === 'map';
  let outcome: Outcome = 'same';
  for (let index = 0; index < current.length; index++) {
    const slot = slots[start + index];
    const value = current[index];
    if (Object.is(slot, value)) continue;
    const isKey = found.kind === 'map' && index % 2 === 0;
    if (isSingleValue(found.kind) || found.kind === 'view') return 'replaced';
    if (!isKeyed || isKey || isObject(slot) || isObject(value)) return 'restructured';
    outcome = 'edited';
  }
  return outcome;
}

function hasKeys(object: object, keys: readonly string[]): boolean {
  const current = Object.keys(object);
  return current.length === keys.length && current.every((key, index) => key === keys[index]);
}
