import { defineOwn } from '../graph/own-data.js';
import { formatPath, type PathStep } from '../graph/graph-path.js';
import { mapSlots, setSlots } from '../graph/own-slots.js';
import type { EditOperation, SpliceOperation } from './operation.js';
import { PatchMismatchError } from '../errors/index.js';
import { isKeyed } from './resolve-path.js';

/** An operation with its object found and its values made: nothing in it refers to the graph by path any more. */
export interface ReadyOperation {
  readonly operation: EditOperation;
  readonly object: object;
  /** The value of a set or add, the items of a splice. */
  readonly value: unknown;
  /** The key that a step `valueAt` at the end of the path means; its position may have changed since. */
  readonly mapKey?: unknown;
}

/** Changes `ready.object`. @throws PatchMismatchError when it isn't what the operation is for */
export function runOperation(ready: ReadyOperation): void {
  const { operation, object, value } = ready;
  const isDone =
    operation.op === 'set'
      ? setPart(ready, operation.path.at(-1))
      : operation.op === 'delete'
        ? deletePart(object, operation.path.at(-1))
        : operation.op === 'splice'
          ? splice(object, operation, value as unknown[])
          : operation.op === 'add'
            ? addElement(object, value)
            : writeBytes(object, operation.offset, operation.bytes);
  if (!isDone) {
    throw new PatchMismatchError(formatPath('value', operation.path), `it can't take the operation "${operation.op}"`);
  }
}

function setPart({ object, value, mapKey }: ReadyOperation, step: PathStep | undefined): boolean {
  if (typeof step === 'string') {
    if (!isKeyed(object)) return false;
    defineOwn(object, step, value);
    return true;
  }
  if (typeof step === 'number') {
    if (!Array.isArray(object) || step < 0 || step >= object.length) return false;
    object[step] = value;
    return true;
  }
  if (step === undefined || !(object instanceof Map)) return false;
  if ('key' in step) object.set(step.key, value);
  else if ('valueAt' in step && object.has(mapKey)) object.set(mapKey, value);
  else return false;
  return true;
}

function deletePart(object: object, step: PathStep | undefined): boolean {
  if (typeof step === 'string')
    return isKeyed(object) && Object.hasOwn(object, step) && Reflect.deleteProperty(object, step);
  if (typeof step === 'number') {
    return Array.isArray(object) && step >= 0 && step < object.length && Reflect.deleteProperty(object, step);
  }
  if (step === undefined || !('key' in step)) return false;
  return (object instanceof Map || object instanceof Set) && object.delete(step.key);
}

function addElement(object: object, value: unknown): boolean {
  if (!(object instanceof Set) || object.has(value)) return false;
  object.add(value);
  return true;
}

function writeBytes(object: object, offset: number, bytes: Uint8Array): boolean {
  if (!(object instanceof ArrayBuffer) || offset < 0 || offset + bytes.length > object.byteLength) return false;
  new Uint8Array(object).set(bytes, offset);
  return true;
}

function splice(object: object, { index, remove }: SpliceOperation, items: readonly unknown[]): boolean {
  if (Array.isArray(object)) {
    if (!isRange(index, remove, object.length)) return false;
    spliceArray(object, index, remove, items);
    return true;
  }
  const isMap = object instanceof Map;
  if (!isMap && !(object instanceof Set)) return false;
  if (!isRange(index, remove, object.size)) return false;
  const width = isMap ? 2 : 1;
  const slots = isMap ? mapSlots(object) : setSlots(object);
  const tail = slots.slice((index + remove) * width);
  const gone = slots.slice(index * width);
  for (let at = 0; at < gone.length; at += width) object.delete(gone[at]);
  const expected = object.size + (items.length + tail.length) / width;
  for (const added of [items, tail]) {
    for (let at = 0; at < added.length; at += width) {
      if (isMap) object.set(added[at], added[at + 1]);
      else object.add(added[at]);
    }
  }
  return object.size === expected;
}

function isRange(index: number, remove: number, length: number): boolean {
  return index >= 0 && remove >= 0 && index + remove <= length;
}

function spliceArray(array: unknown[], index: number, remove: number, items: readonly unknown[]): void {
  const tail = array.slice(index + remove);
  array.length = index;
  appendAll(array, items);
  appendAll(array, tail);
}

/** Appends elements and holes alike; a spread call would overflow the stack with many. */
function appendAll(array: unknown[], items: readonly unknown[]): void {
  for (let at = 0; at < items.length; at++) {
    if (Object.hasOwn(items, at)) array.push(items[at]);
    else array.length++;
  }
}
