import { UnsupportedValueError } from '../errors/index.js';
import { formatPath, type PathStep } from './graph-path.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import { isObject } from './is-object.js';
import { ownSlots } from './own-slots.js';
import { slotStep } from './slot-step.js';
import { UnsupportedPart } from './unsupported-part.js';
import { classify, hasProperties } from './value-kind.js';

/** Runs a walk over `root`; what it finds unsupported becomes an `UnsupportedValueError` that names the path. */
export function withPaths<T>(root: unknown, options: GraphOptions, walk: () => T): T {
  try {
    return walk();
  } catch (error) {
    if (!(error instanceof UnsupportedPart)) throw error;
    const steps = stepsTo(root, error.holder, options);
    const path = error.step === undefined ? steps : [...steps, error.step];
    throw new UnsupportedValueError(formatPath(options.name ?? 'value', path), error.reason);
  }
}

interface Arrival {
  readonly object: object;
  readonly from?: Arrival;
  readonly step?: PathStep;
}

/** A shortest way from `root` to `holder`, past parts that can't be read; empty when there is none. */
function stepsTo(root: unknown, holder: object | undefined, options: GraphOptions): PathStep[] {
  if (holder === undefined || !isObject(root)) return [];
  const seen = new Set<object>([root]);
  const arrivals: Arrival[] = [{ object: root }];
  for (const arrival of arrivals) {
    if (arrival.object === holder) return stepsOf(arrival);
    for (const [step, child] of childrenOf(arrival.object, options)) {
      if (seen.has(child)) continue;
      seen.add(child);
      arrivals.push({ object: child, from: arrival, step });
    }
  }
  return [];
}

function stepsOf(arrival: Arrival): PathStep[] {
  const steps: PathStep[] = [];
  for (let at: Arrival | undefined = arrival; at !== undefined; at = at.from) {
    if (at.step !== undefined) steps.push(at.step);
  }
  return steps.reverse();
}

function childrenOf(object: object, options: GraphOptions): [PathStep, object][] {
  const children: [PathStep, object][] = [];
  try {
    const found = classify(object, classesOf(options));
    const keys = hasProperties(found.kind) ? Object.keys(object) : [];
    const slots = readableSlots(object, found, keys);
    for (const [index, slot] of slots.entries()) {
      if (isObject(slot)) children.push([slotStep(found.kind, keys, slots, index), slot]);
    }
  } catch (error) {
    if (!(error instanceof UnsupportedPart)) throw error;
  }
  return children;
}

/** One unsupported property must not hide its siblings from the search. */
function readableSlots(object: object, found: ReturnType<typeof classify>, keys: readonly string[]): unknown[] {
  if (!hasProperties(found.kind) && found.kind !== 'array') return ownSlots(object, found);
  const names: readonly (string | number)[] = found.kind === 'array' ? [...(object as unknown[]).keys()] : keys;
  return names.map((name): unknown => Object.getOwnPropertyDescriptor(object, name)?.value);
}
