import { alignElements } from './align-elements.js';
import { slotsOf, type Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { isOtherByKey, type PropertyReader } from './identifying-key.js';
import { isObject } from './is-object.js';
import { isSameOpaque } from './is-same-graph.js';
import { positionsIn } from './positions-in.js';
import type { Survey, Surveyed } from './survey-graph.js';
import { hasProperties, isSingleValue } from './value-kind.js';

/** Stands for an object that continues none, also if it was there: a Date with another time is another value. */
const NEW = Symbol('new');

/**
 * Decides which object of a new version continues which object of the benchmark. First by identity: an object that was
 * there is itself, wherever it is now. Then by place: from each pair, the objects under the same property, key or
 * (aligned) element are a pair when they are of one kind. What is left is new, or gone. Any answer leads to a right
 * patch; a good one to a small patch, and to one that merges well: an object with another key is another one, wherever it
 * is.
 */
export class GraphMatch {
  private readonly continued = new Map<object, number>();
  private readonly taken = new Set<number>();
  private readonly pending: object[] = [];

  constructor(
    private readonly benchmark: Benchmark,
    private readonly survey: Survey,
    private readonly classes: ClassCatalog,
  ) {
    for (const object of survey.objects.keys()) {
      const node = this.benchmark.nodes.get(object);
      if (node !== undefined) this.tryPair(node, object);
    }
  }

  /** Pairs what can be paired from the roots on. */
  run(root: unknown): void {
    this.consider(this.benchmark.root, root);
    for (let object = this.pending.pop(); object !== undefined; object = this.pending.pop()) this.pairParts(object);
  }

  /** Number of the benchmark's object that `object` continues; undefined = it is new. */
  nodeOf(object: object): number | undefined {
    return this.continued.get(object);
  }

  /** Whether a slot of the benchmark and a part of the new version are the same: primitive or continued object. */
  isSame(slot: unknown, part: unknown): boolean {
    if (!isObject(part)) return Object.is(slot, part);
    const node = this.continued.get(part);
    return node !== undefined && this.benchmark.objects[node] === slot;
  }

  private consider(slot: unknown, part: unknown): void {
    if (!isObject(slot) || !isObject(part)) return;
    const node = this.benchmark.nodes.get(slot);
    if (node === undefined || !this.canPair(node, part) || isOtherByKey(slot, part, this.readKey)) return;
    this.tryPair(node, part);
  }

  private readonly readKey: PropertyReader = (part, name, isRecorded) => this.keyOf(part, isRecorded, name);

  private tryPair(node: number, object: object): void {
    if (!this.canPair(node, object)) return;
    this.continued.set(object, node);
    this.taken.add(node);
    this.pending.push(object);
    // A view is nothing without its buffer.
    if (this.survey.objects.get(object)?.found.kind === 'view') {
      this.consider(slotsOf(this.benchmark, node)[0], this.survey.objects.get(object)?.slots[0]);
    }
  }

  private canPair(node: number, object: object): boolean {
    const surveyed = this.survey.objects.get(object);
    const shape = this.benchmark.shapes[node];
    if (surveyed === undefined || shape === undefined || this.continued.has(object) || this.taken.has(node))
      return false;
    const { found, slots } = surveyed;
    if (shape.kind !== found.kind || shape.entry !== found.entry) return false;
    if (hasProperties(found.kind) || found.kind === 'array' || found.kind === 'map' || found.kind === 'set')
      return true;
    const recorded = slotsOf(this.benchmark, node);
    if (isSingleValue(found.kind)) {
      if (found.kind === 'converted') return isSameOpaque(object, found, recorded[0], this.classes);
      return slots.every((slot, index) => Object.is(slot, recorded[index]));
    }
    if (found.kind === 'buffer') return (recorded[0] as Uint8Array).length === (object as ArrayBuffer).byteLength;
    return this.canPairView(recorded, slots);
  }

  private canPairView(recorded: readonly unknown[], slots: readonly unknown[]): boolean {
    if (!slots.every((slot, index) => index === 0 || slot === recorded[index])) return false;
    const [buffer] = slots;
    const node = this.benchmark.nodes.get(recorded[0] as object);
    if (node === undefined || !isObject(buffer)) return false;
    return this.continued.get(buffer) === node || this.canPair(node, buffer);
  }

  private pairParts(object: object): void {
    const surveyed = this.survey.objects.get(object);
    const node = this.continued.get(object);
    if (surveyed === undefined || node === undefined) return;
    const { kind } = surveyed.found;
    const recorded = slotsOf(this.benchmark, node);
    if (hasProperties(kind)) this.pairProperties(node, recorded, surveyed);
    else if (kind === 'map') this.pairEntries(recorded, surveyed.slots);
    else if (kind === 'array' || kind === 'set') {
      for (const [slot, part] of alignElements(recorded, surveyed.slots, this)) this.consider(slot, part);
    }
  }

  private pairProperties(node: number, recorded: readonly unknown[], { keys, slots }: Surveyed): void {
    const names = this.benchmark.shapes[node]?.keys ?? [];
    const positions = positionsIn(names, keys);
    for (let index = 0; index < slots.length; index++) this.consider(recorded[positions[index] ?? -1], slots[index]);
  }

  private pairEntries(recorded: readonly unknown[], slots: readonly unknown[]): void {
    const isKey = (_: unknown, index: number): boolean => index % 2 === 0;
    const keys = slots.filter(isKey);
    if (keys.some(isObject)) {
      for (const [slot, key] of alignElements(recorded.filter(isKey), keys, this)) this.consider(slot, key);
    }
    const values = new Map<unknown, unknown>();
    for (let index = 0; index < recorded.length; index += 2) values.set(recorded[index], recorded[index + 1]);
    for (const [entry, key] of keys.entries()) {
      const known = this.recordedOf(key);
      if (values.has(known)) this.consider(values.get(known), slots[entry * 2 + 1]);
    }
  }

  /** A part as the benchmark's slots would hold it: a primitive, the object it continues, or what no slot holds. */
  recordedOf(part: unknown): unknown {
    if (!isObject(part)) return part;
    const node = this.continued.get(part);
    return node === undefined ? NEW : this.benchmark.objects[node];
  }

  /** Whether the two are worth pairing: the same, or equal in kind, names and all primitives directly in them. */
  isSimilar(slot: unknown, part: unknown): boolean {
    if (this.isSame(slot, part)) return true;
    if (!isObject(slot) || !isObject(part)) return false;
    const node = this.benchmark.nodes.get(slot);
    const surveyed = this.survey.objects.get(part);
    if (node === undefined || surveyed === undefined || !this.canPair(node, part)) return false;
    const recorded = slotsOf(this.benchmark, node);
    const names = this.benchmark.shapes[node]?.keys ?? [];
    if (recorded.length !== surveyed.slots.length || names.some((name, index) => name !== surveyed.keys[index]))
      return false;
    return recorded.every((before, index) => {
      const after = surveyed.slots[index];
      return isObject(before) ? typeof after === 'object' : Object.is(before, after);
    });
  }

  /** The primitive under property `name` of an object of either version; undefined when there is none. */
  keyOf(part: unknown, isRecorded: boolean, name: string): unknown {
    if (!isObject(part)) return undefined;
    const node = isRecorded ? this.benchmark.nodes.get(part) : undefined;
    const surveyed = isRecorded ? undefined : this.survey.objects.get(part);
    const keys = node === undefined ? (surveyed?.keys ?? []) : (this.benchmark.shapes[node]?.keys ?? []);
    const slots = node === undefined ? (surveyed?.slots ?? []) : slotsOf(this.benchmark, node);
    const at = keys.indexOf(name);
    return at === -1 ? undefined : slots[at];
  }
}
