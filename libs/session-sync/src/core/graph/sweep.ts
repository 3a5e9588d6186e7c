import type { Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { HOLE } from './own-data.js';
import { ownSlots } from './own-slots.js';
import type { Shape } from './shape.js';
import { isSameOpaque } from './is-same-graph.js';
import { classify, hasProperties, isSingleValue } from './value-kind.js';

/** What became of an object. `restructured`: parts came or went, or one of them is another object now. */
type Outcome = 'same' | 'edited' | 'restructured';

/**
 * Compares the very objects the benchmark was taken of with what it recorded, in one pass over its list: no search, no
 * map, no path. Answers the numbers of the objects of which only primitives changed, or undefined when the structure
 * did (then it takes a walk from the root to know what still belongs to the graph).
 * @throws UnsupportedPart
 */
export function sweep(benchmark: Benchmark, classes: ClassCatalog): number[] | undefined {
  const { objects, shapes, starts, slots } = benchmark;
  const edited: number[] = [];
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
    if (outcome === 'restructured') return undefined;
    if (outcome === 'edited') edited.push(node);
  }
  return edited;
}

function sweepProperties(object: object, keys: readonly string[], slots: readonly unknown[], start: number): Outcome {
  let outcome: Outcome = 'same';
  let count = 0;
  const parts = object as Readonly<Record<string, unknown>>;
  // Own names come first, in order; inherited ones, if there are any, end in the general comparison.
  for (const key in parts) {
    if (key !== keys[count]) return 'restructured';
    const value = parts[key];
    const slot = slots[start + count++];
    if (value === slot ? value !== 0 || Object.is(value, slot) : value !== value && slot !== slot) continue;
    if (typeof value === 'object' && value !== null) return 'restructured';
    if (typeof slot === 'object' && slot !== null) return 'restructured';
    outcome = 'edited';
  }
  return count === keys.length && Object.getPrototypeOf(object) === Object.prototype ? outcome : 'restructured';
}

function sweepElements(array: readonly unknown[], slots: readonly unknown[], start: number, end: number): Outcome {
  if (array.length !== end - start || Object.getPrototypeOf(array) !== Array.prototype) return 'restructured';
  let outcome: Outcome = 'same';
  for (let index = 0; index < array.length; index++) {
    const value = array[index];
    const slot = slots[start + index];
    if (value === undefined) {
      if (Object.hasOwn(array, index) ? slot === undefined : slot === HOLE) continue;
    } else if (value === slot ? value !== 0 || Object.is(value, slot) : value !== value && slot !== slot) continue;
    if (typeof value === 'object' && value !== null) return 'restructured';
    if (typeof slot === 'object' && slot !== null) return 'restructured';
    outcome = 'edited';
  }
  return outcome;
}

function sweepOther(benchmark: Benchmark, node: number, shape: Shape, classes: ClassCatalog): Outcome {
  const { objects, starts, slots } = benchmark;
  const object = objects[node] ?? {};
  const start = starts[node] ?? 0;
  const found = classify(object, classes);
  if (found.kind !== shape.kind || found.entry !== shape.entry) return 'restructured';
  if (found.kind === 'buffer') return isSameOpaque(object, found, slots[start], classes) ? 'same' : 'edited';
  if (found.kind === 'converted') return isSameOpaque(object, found, slots[start], classes) ? 'same' : 'restructured';
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
    if (!isKeyed || isKey || isSingleValue(found.kind) || isObject(slot) || isObject(value)) return 'restructured';
    outcome = 'edited';
  }
  return outcome;
}

function hasKeys(object: object, keys: readonly string[]): boolean {
  const current = Object.keys(object);
  return current.length === keys.length && current.every((key, index) => key === keys[index]);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
