import { slotsOf, type Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { isObject } from './is-object.js';
import { positionsIn } from './positions-in.js';
import { surveyObject } from './survey-graph.js';
import { hasProperties, isSingleValue, type ValueClass } from './value-kind.js';

/** Whether `value` is the same graph as the one recorded: same content, sharing and order (of properties: any order). */
export function isSameGraph(benchmark: Benchmark, value: unknown, classes: ClassCatalog): boolean {
  return new SameGraph(benchmark, classes).check(value);
}

/** Whether the object has the content that `slot` records of a buffer or a converted instance. */
export function isSameOpaque(object: object, { entry }: ValueClass, slot: unknown, classes: ClassCatalog): boolean {
  if (slot instanceof Uint8Array) return isSameBytes(new Uint8Array(object as ArrayBuffer), slot);
  return isSameGraph(slot as Benchmark, entry?.toPlain?.(object), classes);
}

function isSameBytes(bytes: Uint8Array, recorded: Uint8Array): boolean {
  if (bytes.length !== recorded.length) return false;
  for (let index = 0; index < bytes.length; index++) if (bytes[index] !== recorded[index]) return false;
  return true;
}

class SameGraph {
  /** What each object found is taken for, by number; sharing split or joined shows as a second partner. */
  private readonly partners = new Map<object, object>();
  private readonly pending: object[] = [];

  constructor(
    private readonly benchmark: Benchmark,
    private readonly classes: ClassCatalog,
  ) {}

  check(value: unknown): boolean {
    if (!this.pair(this.benchmark.root, value)) return false;
    for (let object = this.pending.pop(); object !== undefined; object = this.pending.pop()) {
      const recorded = this.partners.get(object);
      const node = recorded === undefined ? undefined : this.benchmark.nodes.get(recorded);
      if (node === undefined || !this.isSameObject(node, object)) return false;
    }
    return new Set(this.partners.values()).size === this.partners.size;
  }

  private pair(recorded: unknown, value: unknown): boolean {
    if (!isObject(recorded)) return Object.is(recorded, value);
    if (!isObject(value)) return false;
    const partner = this.partners.get(value);
    if (partner !== undefined) return partner === recorded;
    this.partners.set(value, recorded);
    this.pending.push(value);
    return true;
  }

  private isSameObject(node: number, object: object): boolean {
    const shape = this.benchmark.shapes[node];
    const { found, keys, slots } = surveyObject(object, this.classes);
    if (shape === undefined || shape.kind !== found.kind || shape.entry !== found.entry) return false;
    const recorded = slotsOf(this.benchmark, node);
    if (found.kind === 'buffer' || found.kind === 'converted')
      return isSameOpaque(object, found, recorded[0], this.classes);
    if (recorded.length !== slots.length || keys.length !== shape.keys.length) return false;
    if (isSingleValue(found.kind)) return slots.every((slot, index) => Object.is(slot, recorded[index]));
    if (!hasProperties(found.kind)) return slots.every((slot, index) => this.pair(recorded[index], slot));
    return positionsIn(shape.keys, keys).every((at, index) => at !== -1 && this.pair(recorded[at], slots[index]));
  }
}
