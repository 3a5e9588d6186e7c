import type { GraphPath } from '../graph/graph-path.js';
import { isObject } from '../graph/is-object.js';
import { mapSlots, setSlots } from '../graph/own-slots.js';
import { isPrimitiveKey } from '../graph/slot-step.js';
import { ObjectAt } from './object-at.js';
import type { EditOperation } from './operation.js';
import type { PathResolver } from './resolve-path.js';

export type Collection = ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>;

/** An entry of a Map, or an element of a Set (then the value is nothing), in the words of a patch. */
export interface Entry {
  readonly key: unknown;
  readonly value: unknown;
}

/** Entries in order, by what their keys are: primitives, objects that were there before, new objects. */
export type Entries = Map<unknown, Entry>;

/** What the part of a patch is: an object that was there before in place of what stands for it. */
export function meaningOf(part: unknown, resolver: PathResolver): unknown {
  return part instanceof ObjectAt ? resolver.objectAt(part.path) : part;
}

/** The entries of the collection at `path` as they were. */
export function entriesBefore(path: GraphPath, collection: Collection): Entries {
  const entries: Entries = new Map();
  const slots = slotsOf(collection);
  const isMap = collection instanceof Map;
  for (const [position, [key, value]] of pairsOf(slots, isMap).entries()) {
    const keyStep = isMap ? { keyAt: position } : { valueAt: position };
    const valueStep = isPrimitiveKey(key) ? { key } : { valueAt: position };
    entries.set(key, {
      key: isObject(key) ? new ObjectAt([...path, keyStep]) : key,
      value: isObject(value) ? new ObjectAt([...path, valueStep]) : value,
    });
  }
  return entries;
}

/** The entries as one side's operations on the collection leave them. */
export function entriesAfter(
  before: ReadonlyMap<unknown, Entry>,
  operations: readonly EditOperation[],
  isMap: boolean,
  resolver: PathResolver,
): Entries {
  const keys = [...before.keys()];
  let entries: Entries = new Map(before);
  const put = (key: unknown, value: unknown): void => {
    const meaning = meaningOf(key, resolver);
    entries.set(meaning, { key: entries.get(meaning)?.key ?? key, value });
  };
  for (const operation of operations) {
    const step = operation.path.at(-1);
    if (operation.op === 'add') put(operation.value, undefined);
    else if (operation.op === 'splice') {
      const list = [...entries];
      const tail = list.slice(operation.index + operation.remove);
      entries = new Map(list.slice(0, operation.index));
      for (const [key, value] of pairsOf(operation.items, isMap)) put(key, value);
      for (const [meaning, entry] of tail) entries.set(meaning, entry);
    } else if (typeof step !== 'object') continue;
    else if (operation.op === 'delete' && 'key' in step) entries.delete(step.key);
    else if (operation.op === 'set' && 'key' in step) put(step.key, operation.value);
    else if (operation.op === 'set' && 'valueAt' in step) {
      const meaning = keys[step.valueAt];
      entries.set(meaning, { key: before.get(meaning)?.key, value: operation.value });
    }
  }
  return entries;
}

/** Keys and values of a Map; elements of a Set, each with nothing. */
export function pairsOf(slots: readonly unknown[], isMap: boolean): (readonly [unknown, unknown])[] {
  if (!isMap) return slots.map((element) => [element, undefined]);
  const pairs: (readonly [unknown, unknown])[] = [];
  for (let index = 0; index < slots.length; index += 2) pairs.push([slots[index], slots[index + 1]]);
  return pairs;
}

export function slotsOf(collection: Collection): unknown[] {
  return collection instanceof Map ? mapSlots(collection) : setSlots(collection);
}
