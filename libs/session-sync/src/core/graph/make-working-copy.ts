import { Benchmark, slotsOf } from './benchmark.js';
import { viewClassNamed } from './binary-value.js';
import { makeSingle } from './graph-copier.js';
import { isObject } from './is-object.js';
import { defineOwn, HOLE } from './own-data.js';
import type { Shape } from './shape.js';
import { isSingleValue } from './value-kind.js';

/** A value to change in place, and what to compare it with afterwards. */
export interface WorkingCopy {
  readonly value: unknown;
  readonly benchmark: Benchmark;
}

/**
 * A fresh value equal to what `benchmark` recorded, with a benchmark that knows the objects of this copy: comparing the
 * two takes one pass. Cheaper than cloning and taking a benchmark, and the recorded value isn't looked at.
 *
 * @example
 * const stored = { lines: ['tea'] };
 * const { value, benchmark } = makeWorkingCopy(takeBenchmark(stored));
 * (value as typeof stored).lines.push('cup');
 * compareGraphs(benchmark, value); // → [{ op: 'splice', path: ['lines'], index: 1, remove: 0, items: ['cup'] }]
 * stored.lines; // → ['tea']
 */
export function makeWorkingCopy(benchmark: Benchmark): WorkingCopy {
  if (benchmark.objects.length === 0) return { value: benchmark.root, benchmark };
  const objects = beginCopies(benchmark);
  const slots = slotsOnto(benchmark, objects);
  const { shapes, starts, reachedThrough, hasSharing } = benchmark;
  const copy = new Benchmark({ root: objects[0], objects, shapes, starts, slots, reachedThrough, hasSharing });
  for (let node = 0; node < objects.length; node++) fillCopy(objects[node] ?? {}, copy, node);
  return { value: objects[0], benchmark: copy };
}

/** The objects, without their content. A plain one is a copy of an empty one of its shape: properties added one by one cost more. */
function beginCopies(benchmark: Benchmark): object[] {
  const { shapes } = benchmark;
  const objects: object[] = [];
  const views: number[] = [];
  let shape: Shape | undefined;
  let empty: object = {};
  for (let node = 0; node < shapes.length; node++) {
    const next = shapes[node] as Shape;
    if (next.kind === 'object') {
      if (next !== shape) empty = emptyOf(next.keys);
      shape = next;
      objects.push({ ...empty });
    } else if (next.kind === 'array') objects.push([]);
    else if (next.kind === 'view') {
      views.push(node);
      objects.push(empty);
    } else objects.push(beginCopy(benchmark, node, next));
  }
  // A view is made onto its buffer, which must be there first.
  for (const node of views) objects[node] = copyView(benchmark, slotsOf(benchmark, node), objects);
  return objects;
}

function emptyOf(keys: readonly string[]): object {
  const empty = {};
  for (const key of keys) defineOwn(empty, key, undefined);
  return empty;
}

function beginCopy(benchmark: Benchmark, node: number, { kind, entry }: Shape): object {
  if (kind === 'map') return new Map();
  if (kind === 'set') return new Set();
  if (kind === 'nullObject') return Object.create(null) as object;
  if (kind === 'instance') return Object.create(entry?.prototype ?? null) as object;
  const slots = slotsOf(benchmark, node);
  if (kind === 'buffer') return (slots[0] as Uint8Array<ArrayBuffer>).slice().buffer;
  if (kind !== 'converted') return makeSingle({ kind }, slots);
  const image = makeWorkingCopy(slots[0] as Benchmark).value;
  return entry?.fromPlain?.(image) ?? {};
}

function copyView(benchmark: Benchmark, slots: readonly unknown[], objects: readonly object[]): object {
  const [buffer, name, offset, length] = slots;
  const copied = objects[benchmark.nodes.get(buffer as object) ?? -1];
  const view = viewClassNamed(String(name));
  if (view === undefined || !(copied instanceof ArrayBuffer))
    throw new RangeError('The benchmark records no such view');
  return view.make(copied, Number(offset), Number(length));
}

/** The slots, with the copies in place of the objects. */
function slotsOnto(benchmark: Benchmark, objects: readonly object[]): unknown[] {
  const { slots, reachedThrough, hasSharing } = benchmark;
  const copied = slots.slice();
  for (let node = 1; node < objects.length; node++) copied[reachedThrough[node] ?? 0] = objects[node];
  if (!hasSharing) return copied;
  const { nodes } = benchmark;
  for (let index = 0; index < copied.length; index++) {
    const slot = copied[index];
    const node = isObject(slot) ? nodes.get(slot) : undefined;
    if (node !== undefined) copied[index] = objects[node];
  }
  return copied;
}

function fillCopy(object: object, { shapes, starts, slots }: Benchmark, node: number): void {
  const { kind, keys } = shapes[node] as Shape;
  const start = starts[node] ?? 0;
  const end = starts[node + 1] ?? start;
  if (kind === 'object') {
    // They are all own properties already, so that nothing of a prototype is met.
    const parts = object as Record<string, unknown>;
    for (let slot = start; slot < end; slot++) parts[keys[slot - start] ?? ''] = slots[slot];
  } else if (kind === 'array') {
    const array = object as unknown[];
    for (let slot = start; slot < end; slot++) {
      if (slots[slot] === HOLE) array.length++;
      else array.push(slots[slot]);
    }
  } else if (kind === 'map') {
    for (let slot = start; slot < end; slot += 2) (object as Map<unknown, unknown>).set(slots[slot], slots[slot + 1]);
  } else if (kind === 'set') {
    for (let slot = start; slot < end; slot++) (object as Set<unknown>).add(slots[slot]);
  } else if (kind !== 'buffer' && kind !== 'view' && !isSingleValue(kind)) {
    for (let slot = start; slot < end; slot++) defineOwn(object, keys[slot - start] ?? '', slots[slot]);
  }
}
