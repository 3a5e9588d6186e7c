import { slotsOf, type Benchmark } from './benchmark.js';
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
 */
export function makeWorkingCopy(benchmark: Benchmark): WorkingCopy {
  if (benchmark.objects.length === 0) return { value: benchmark.root, benchmark };
  const objects: object[] = [];
  const nodes = new Map<object, number>();
  // From the last one: the buffer of a view has a higher number than the view, and must be there first.
  for (let node = benchmark.objects.length - 1; node >= 0; node--) objects[node] = beginCopy(benchmark, node, objects);
  for (const [node, object] of objects.entries()) nodes.set(object, node);
  const slots = slotsOnto(benchmark, objects);
  const copy: Benchmark = { ...benchmark, root: objects[0], objects, nodes, slots };
  for (const [node, object] of objects.entries()) fillCopy(object, copy, node);
  return { value: objects[0], benchmark: copy };
}

function beginCopy(benchmark: Benchmark, node: number, objects: readonly object[]): object {
  const { kind, entry } = benchmark.shapes[node] as Shape;
  if (kind === 'object') return {};
  if (kind === 'array') return [];
  if (kind === 'map') return new Map();
  if (kind === 'set') return new Set();
  if (kind === 'nullObject') return Object.create(null) as object;
  if (kind === 'instance') return Object.create(entry?.prototype ?? null) as object;
  const slots = slotsOf(benchmark, node);
  if (kind === 'buffer') return (slots[0] as Uint8Array<ArrayBuffer>).slice().buffer;
  if (kind === 'view') return copyView(benchmark, slots, objects);
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
function slotsOnto({ slots, reachedThrough, hasSharing, nodes }: Benchmark, objects: readonly object[]): unknown[] {
  const copied = slots.slice();
  for (let node = 1; node < objects.length; node++) copied[reachedThrough[node] ?? 0] = objects[node];
  if (!hasSharing) return copied;
  for (const [index, slot] of copied.entries()) {
    const node = isObject(slot) ? nodes.get(slot) : undefined;
    if (node !== undefined) copied[index] = objects[node];
  }
  return copied;
}

function fillCopy(object: object, { shapes, starts, slots }: Benchmark, node: number): void {
  const { kind, keys } = shapes[node] as Shape;
  const start = starts[node] ?? 0;
  const end = starts[node + 1] ?? start;
  if (kind === 'buffer' || kind === 'view' || isSingleValue(kind)) return;
  if (kind === 'array') {
    const array = object as unknown[];
    for (let slot = start; slot < end; slot++) {
      if (slots[slot] === HOLE) array.length++;
      else array.push(slots[slot]);
    }
  } else if (kind === 'map') {
    for (let slot = start; slot < end; slot += 2) (object as Map<unknown, unknown>).set(slots[slot], slots[slot + 1]);
  } else if (kind === 'set') {
    for (let slot = start; slot < end; slot++) (object as Set<unknown>).add(slots[slot]);
  } else for (let slot = start; slot < end; slot++) defineOwn(object, keys[slot - start] ?? '', slots[slot]);
}
