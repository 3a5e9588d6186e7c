import { type BinaryView, viewClassOf, viewLength } from './binary-value.js';
import { ownElements, ownKeys, ownStorableValues } from './own-data.js';
import { slotsBehind } from './stand-in.js';
import { UnsupportedPart, whyUnsupported } from './unsupported-part.js';
import { hrefOf } from './url-value.js';
import { hasProperties, type ValueClass } from './value-kind.js';

/**
 * The parts of an object in a fixed order, read without calling code of its own: property values in key order (`keys`
 * of the answer), elements with `HOLE`, keys and values of a Map in turn, elements of a Set, `[buffer, class,
 * byteOffset, length]` of a view. A single value's parts are its state: `[time]`, `[href]`, `[source, flags,
 * lastIndex]`. Nothing for a buffer and a converted instance.
 * @throws UnsupportedPart
 */
export function ownSlots(object: object, { kind }: ValueClass, keys?: readonly string[]): unknown[] {
  if (hasProperties(kind)) return ownStorableValues(object, keys ?? ownKeys(object));
  if (kind === 'array') return ownElements(object as unknown[]);
  if (kind === 'map') return requireStorable(object, mapSlots(object as Map<unknown, unknown>));
  if (kind === 'set') return requireStorable(object, setSlots(object as Set<unknown>));
  if (kind === 'view') return viewSlots(object as BinaryView);
  if (kind === 'date') return [Date.prototype.getTime.call(object)];
  if (kind === 'url') return [hrefOf(object)];
  if (kind === 'regexp') return regexpSlots(object as RegExp);
  return [];
}

/** Keys and values of a Map in turn. */
export function mapSlots(map: ReadonlyMap<unknown, unknown>): unknown[] {
  const slots: unknown[] = [];
  try {
    Map.prototype.forEach.call(map, (value: unknown, key: unknown) => slots.push(key, value));
  } catch (error) {
    return orBehind(map, error);
  }
  return slots;
}

/** Elements of a Set. */
export function setSlots(set: ReadonlySet<unknown>): unknown[] {
  const slots: unknown[] = [];
  try {
    Set.prototype.forEach.call(set, (element: unknown) => slots.push(element));
  } catch (error) {
    return orBehind(set, error);
  }
  return slots;
}

/** Asked last: nearly everything that comes by is what it looks like. */
function orBehind(object: object, error: unknown): unknown[] {
  const slots = slotsBehind(object);
  if (slots === undefined) throw error;
  return slots;
}

function viewSlots(view: BinaryView): unknown[] {
  const name = viewClassOf(Object.getPrototypeOf(view) as object)?.name;
  return [view.buffer, name, view.byteOffset, viewLength(view)];
}

const readSource = Object.getOwnPropertyDescriptor(RegExp.prototype, 'source')?.get;
const readFlags = Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags')?.get;

function regexpSlots(regexp: RegExp): unknown[] {
  return [readSource?.call(regexp), readFlags?.call(regexp), regexp.lastIndex];
}

function requireStorable(object: object, slots: unknown[]): unknown[] {
  for (const [index, slot] of slots.entries()) {
    const reason = whyUnsupported(slot);
    if (reason !== undefined) throw new UnsupportedPart(object, reason, slotStep(object, slots, index));
  }
  return slots;
}

function slotStep(object: object, slots: readonly unknown[], index: number): { valueAt: number } | { keyAt: number } {
  if (object instanceof Set) return { valueAt: index };
  return index % 2 === 0 ? { keyAt: index / 2 } : { valueAt: (index - 1) / 2 };
}
