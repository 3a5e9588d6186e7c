import type { Operation, Patch } from '../patch/operation.js';
import { holderOf, pathTo, type Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { NodeDiffer, type Continuation } from './diff-node.js';
import { isObject } from './is-object.js';
import { ownStorableValue, refuseSymbolKeys } from './own-data.js';
import { surveyObject, type Surveyed } from './survey-graph.js';
import { sweep } from './sweep.js';
import { UnsupportedPart } from './unsupported-part.js';

/**
 * The patch for the very objects the benchmark was taken of, without a walk of the whole graph: known objects are
 * themselves, and only those that changed are looked at. Undefined when that isn't enough to tell which objects still
 * belong to the graph, when a search would find that a new object continues an old one, or when one of them holds what
 * can't be stored: that is an error only if the graph still holds it.
 */
export function compareInPlace(benchmark: Benchmark, classes: ClassCatalog): Patch | undefined {
  try {
    return compareKnown(benchmark, classes);
  } catch (error) {
    if (error instanceof UnsupportedPart) return undefined;
    throw error;
  }
}

/** @throws UnsupportedPart */
function compareKnown(benchmark: Benchmark, classes: ClassCatalog): Patch | undefined {
  const swept = sweep(benchmark, classes);
  if (swept === undefined) return undefined;
  const { changed, isRestructured } = swept;
  if (changed.length === 0) return [];
  if (!isRestructured && changed.every((node) => benchmark.shapes[node]?.kind === 'object')) {
    return changed.flatMap((node) => editedProperties(benchmark, node));
  }
  if (isRestructured && benchmark.hasSharing) return undefined;
  const differ = new NodeDiffer(benchmark, identityOf(benchmark), classes);
  const surveys = new Map<number, Surveyed>();
  for (const node of changed) {
    const object = benchmark.objects[node];
    if (object !== undefined) surveys.set(node, surveyObject(object, classes));
  }
  if (isRestructured && !isLocal(benchmark, surveys)) return undefined;
  return [...surveys].flatMap(([node, surveyed]) => differ.diff(node, benchmark.objects[node] ?? {}, surveyed));
}

/** Most changes are these: some primitives of an object are others now. Nothing has moved, so nobody has to be found. */
function editedProperties(benchmark: Benchmark, node: number): Operation[] {
  const { objects, shapes, starts, slots } = benchmark;
  const object = objects[node] ?? {};
  refuseSymbolKeys(object);
  const start = starts[node] ?? 0;
  const path = pathTo(benchmark, node);
  const operations: Operation[] = [];
  for (const [index, key] of (shapes[node]?.keys ?? []).entries()) {
    const value = ownStorableValue(object, key);
    if (!Object.is(value, slots[start + index])) operations.push({ op: 'set', path: [...path, key], value });
  }
  return operations;
}

function identityOf(benchmark: Benchmark): Continuation {
  return {
    nodeOf: (object) => benchmark.nodes.get(object),
    isSame: (slot, part) => Object.is(slot, part),
    recordedOf: (part) => part,
  };
}

/** Whether all changed objects still hang together as they did, and none has both lost an object and got a new one. */
function isLocal(benchmark: Benchmark, surveys: ReadonlyMap<number, Surveyed>): boolean {
  const lost = new Set<number>();
  for (const [node, { slots }] of surveys) {
    const parts = new Set(slots);
    const countBefore = lost.size;
    for (let slot = benchmark.starts[node] ?? 0; slot < (benchmark.starts[node + 1] ?? 0); slot++) {
      const before = benchmark.slots[slot];
      const child = isObject(before) ? benchmark.nodes.get(before) : undefined;
      if (child !== undefined && !parts.has(before)) lost.add(child);
    }
    if (lost.size > countBefore && slots.some((part) => isNew(part, benchmark))) return false;
  }
  return lost.size === 0 || [...surveys.keys()].every((node) => isHeld(benchmark, node, lost));
}

function isNew(part: unknown, { nodes }: Benchmark): boolean {
  return isObject(part) && !nodes.has(part);
}

/** Whether no object on the way to `node` was lost by the one that held it. */
function isHeld(benchmark: Benchmark, node: number, lost: ReadonlySet<number>): boolean {
  for (let at = node; at !== 0; at = holderOf(benchmark, benchmark.reachedThrough[at] ?? 0))
    if (lost.has(at)) return false;
  return true;
}
