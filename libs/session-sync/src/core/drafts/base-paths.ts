import { pathTo, type Benchmark } from '../graph/benchmark.js';
import type { GraphPath, PathStep } from '../graph/graph-path.js';
import { isObject } from '../graph/is-object.js';
import { ownKeys } from '../graph/own-data.js';
import { ownSlots } from '../graph/own-slots.js';
import { isPrimitiveKey, slotStep } from '../graph/slot-step.js';
import { hasProperties } from '../graph/value-kind.js';
import type { KnownObject } from './known-object.js';

/** Where objects are in the base, whatever became of them. */
export class BasePaths {
  private readonly steps = new Map<KnownObject, ReadonlyMap<unknown, PathStep>>();

  /**
   * `benchmark` answers that of a base in which an object is held twice: merging tells objects apart by their paths, so
   * each has to have the one that a comparison gives it. Without it the way on which it was reached will do.
   */
  constructor(private readonly benchmark?: () => Benchmark | undefined) {}

  pathTo(known: KnownObject): GraphPath {
    if (known.reached === undefined) return [];
    const benchmark = this.benchmark?.();
    const node = benchmark?.nodes.get(known.base);
    return benchmark === undefined || node === undefined ? this.pathReached(known) : pathTo(benchmark, node);
  }

  private pathReached(known: KnownObject): GraphPath {
    const path: PathStep[] = [];
    for (let at = known; at.reached !== undefined; at = at.reached.holder) {
      path.push(this.stepTo(at.base, at.reached.holder, at.reached.at));
    }
    return path.reverse();
  }

  /** Where it was met tells the place, unless things had moved by then. */
  private stepTo(part: object, holder: KnownObject, at: unknown): PathStep {
    const { base, found } = holder;
    if (found.kind === 'view') return { buffer: true };
    if (found.kind === 'map') {
      if (isPrimitiveKey(at) && Map.prototype.get.call(base, at) === part) return { key: at };
    } else if (typeof at === 'string' && (base as Readonly<Record<string, unknown>>)[at] === part) {
      return hasProperties(found.kind) ? at : Number(at);
    }
    const step = this.stepsFrom(holder).get(part);
    if (step === undefined) throw new TypeError('A part was handed out by an object that never had it');
    return step;
  }

  private stepsFrom(holder: KnownObject): ReadonlyMap<unknown, PathStep> {
    const known = this.steps.get(holder);
    if (known !== undefined) return known;
    const { base, found } = holder;
    const keys = hasProperties(found.kind) ? ownKeys(base) : [];
    const slots = ownSlots(base, found, keys);
    const steps = new Map<unknown, PathStep>();
    for (const [index, slot] of slots.entries()) {
      if (isObject(slot) && !steps.has(slot)) steps.set(slot, slotStep(found.kind, keys, slots, index));
    }
    this.steps.set(holder, steps);
    return steps;
  }
}
