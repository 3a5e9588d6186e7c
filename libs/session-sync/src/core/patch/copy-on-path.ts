import { viewOnto } from '../graph/binary-value.js';
import { defineOwn } from '../graph/own-data.js';
import { mapSlots, setSlots } from '../graph/own-slots.js';

/** The objects of a frozen tree, each with the one that holds it. */
export type Holders = ReadonlyMap<object, object | undefined>;

/**
 * Who holds whom in the frozen graph of `root`; undefined when an object is held twice (then changing it concerns all
 * who hold it). Frozen values have been checked when they were frozen, so their properties are simply read.
 */
export function holdersIn(root: object): Holders | undefined {
  const holders = new Map<object, object | undefined>([[root, undefined]]);
  for (const holder of holders.keys()) {
    for (const part of partsOf(holder)) {
      if (typeof part !== 'object' || part === null) continue;
      if (holders.has(part)) return undefined;
      holders.set(part, holder);
    }
  }
  return holders;
}

function partsOf(object: object): readonly unknown[] {
  if (Array.isArray(object)) return object as unknown[];
  if (object instanceof Map) return mapSlots(object);
  if (object instanceof Set) return setSlots(object);
  if (ArrayBuffer.isView(object)) return [object.buffer];
  // Converted instances and single values: nothing inside of them is ever changed by a patch.
  return Object.isFrozen(object) ? Object.values(object) : [];
}

/** A copy of the frozen tree in which `changing` and all that hold them can be changed; the rest is shared. */
export function copyOnPath(root: object, changing: Iterable<object>, holders: Holders): object {
  const copied = new Set<object>([root]);
  for (const object of changing) {
    for (let at: object | undefined = object; at !== undefined && !copied.has(at); at = holders.get(at)) copied.add(at);
  }
  const copies = new Map<object, object>();
  // Held ones first: who holds an object was found before it.
  for (const object of [...holders.keys()].reverse()) {
    if (copied.has(object))
      copies.set(
        object,
        copyWith(object, (part) => replacement(part, copies)),
      );
  }
  return copies.get(root) ?? root;
}

function replacement(part: unknown, copies: ReadonlyMap<object, object>): unknown {
  return typeof part === 'object' && part !== null ? (copies.get(part) ?? part) : part;
}

/** A shallow copy of a frozen object, its parts replaced; of a binary view over a copied buffer. */
export function copyWith(object: object, replace: (part: unknown) => unknown): object {
  if (Array.isArray(object)) return copyArray(object as unknown[], replace);
  if (object instanceof Map) {
    const slots = mapSlots(object);
    const copy = new Map<unknown, unknown>();
    for (let index = 0; index < slots.length; index += 2) copy.set(replace(slots[index]), replace(slots[index + 1]));
    return copy;
  }
  if (object instanceof Set) return new Set(setSlots(object).map(replace));
  if (object instanceof ArrayBuffer) return object.slice(0);
  if (ArrayBuffer.isView(object)) return viewOnto(object, replace(object.buffer) as ArrayBuffer);
  const copy = Object.create(Object.getPrototypeOf(object) as object | null) as object;
  for (const [key, value] of Object.entries(object)) defineOwn(copy, key, replace(value));
  return copy;
}

function copyArray(array: readonly unknown[], replace: (part: unknown) => unknown): unknown[] {
  const copy = array.slice();
  for (let index = 0; index < copy.length; index++) {
    const part = copy[index];
    const replaced = replace(part);
    if (replaced !== part) copy[index] = replaced;
  }
  return copy;
}
