import { type BinaryView, viewClassOf, whyBufferUnsupported } from './binary-value.js';
import type { CatalogClass, ClassCatalog } from './class-catalog.js';
import {
  READ_ONLY_DATE,
  READ_ONLY_MAP,
  READ_ONLY_REGEXP,
  READ_ONLY_SET,
  READ_ONLY_URL,
} from './read-only-prototypes.js';
import { slotsBehind } from './stand-in.js';
import { UnsupportedPart } from './unsupported-part.js';
import { hrefOf, URL_CLASS } from './url-value.js';

/**
 * What an object of a graph is. `object`, `nullObject` (no prototype) and `instance` (of a catalog class) are their own
 * enumerable data properties; `array`, `map`, `set` their elements; `buffer` its bytes; `view` a window onto a buffer;
 * `date`, `regexp`, `url` and `converted` (a class with a plain image) are single values with an identity.
 */
export type ValueKind =
  | 'object'
  | 'nullObject'
  | 'instance'
  | 'array'
  | 'map'
  | 'set'
  | 'date'
  | 'regexp'
  | 'url'
  | 'buffer'
  | 'view'
  | 'converted';

/** Kind of an object, with its catalog entry when it is an instance of a catalog class. */
export interface ValueClass {
  readonly kind: ValueKind;
  readonly entry?: CatalogClass;
}

const PLAIN: ValueClass = { kind: 'object' };
const NULL_OBJECT: ValueClass = { kind: 'nullObject' };
const ARRAY: ValueClass = { kind: 'array' };
const VIEW: ValueClass = { kind: 'view' };

const EXOTIC: ReadonlyMap<object | undefined, ValueClass> = new Map<object | undefined, ValueClass>([
  [Map.prototype, { kind: 'map' }],
  [READ_ONLY_MAP, { kind: 'map' }],
  [Set.prototype, { kind: 'set' }],
  [READ_ONLY_SET, { kind: 'set' }],
  [Date.prototype, { kind: 'date' }],
  [READ_ONLY_DATE, { kind: 'date' }],
  [RegExp.prototype, { kind: 'regexp' }],
  [READ_ONLY_REGEXP, { kind: 'regexp' }],
  [URL_CLASS?.prototype ?? {}, { kind: 'url' }],
  [READ_ONLY_URL ?? {}, { kind: 'url' }],
  [ArrayBuffer.prototype, { kind: 'buffer' }],
]);

/** What `object` is; throws `UnsupportedPart` when it can't be stored. Calls no code of the object's. */
export function classify(object: object, catalog: ClassCatalog): ValueClass {
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === Object.prototype) return PLAIN;
  if (Array.isArray(object)) {
    if (prototype === Array.prototype) return ARRAY;
    throw new UnsupportedPart(object, `an array of class ${nameOf(prototype)} can't be stored: use a plain array`);
  }
  if (prototype === null) return NULL_OBJECT;
  const exotic = EXOTIC.get(prototype);
  if (exotic !== undefined) return requireGenuine(object, exotic);
  if (viewClassOf(prototype) !== undefined) return requireStorableView(object);
  return classifyInstance(object, prototype, catalog);
}

/** Whether objects of this kind are their own enumerable data properties. */
export function hasProperties(kind: ValueKind): boolean {
  return kind === 'object' || kind === 'instance' || kind === 'nullObject';
}

/** Whether objects of this kind are compared as one value: changed means another value, never an edit inside. */
export function isSingleValue(kind: ValueKind): boolean {
  return kind === 'date' || kind === 'regexp' || kind === 'url' || kind === 'converted';
}

const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size')?.get;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size')?.get;
const regexpSource = Object.getOwnPropertyDescriptor(RegExp.prototype, 'source')?.get;

/** An object made with Object.create(Map.prototype) has the prototype but isn't a Map. */
function requireGenuine(object: object, found: ValueClass): ValueClass {
  try {
    if (found.kind === 'date') Date.prototype.getTime.call(object);
    else if (found.kind === 'map') mapSize?.call(object);
    else if (found.kind === 'set') setSize?.call(object);
    else if (found.kind === 'regexp') regexpSource?.call(object);
    else if (found.kind === 'url') hrefOf(object);
  } catch {
    if (slotsBehind(object) !== undefined) return found;
    throw new UnsupportedPart(object, `it has the prototype of a ${found.kind} but isn't one`);
  }
  if (found.kind === 'buffer') requireStorableBuffer(object, object);
  return found;
}

function requireStorableView(object: object): ValueClass {
  let buffer: object;
  try {
    buffer = (object as BinaryView).buffer;
  } catch {
    throw new UnsupportedPart(object, "it has the prototype of a typed array but isn't one");
  }
  if (buffer === undefined) throw new UnsupportedPart(object, "it has the prototype of a typed array but isn't one");
  requireStorableBuffer(object, buffer);
  return VIEW;
}

function requireStorableBuffer(holder: object, buffer: object): void {
  const reason = whyBufferUnsupported(buffer);
  if (reason !== undefined) throw new UnsupportedPart(holder, reason);
}

function classifyInstance(object: object, prototype: object, catalog: ClassCatalog): ValueClass {
  const entry = catalog.byPrototype(prototype);
  if (entry === undefined) {
    throw new UnsupportedPart(
      object,
      `an instance of ${nameOf(prototype)} can't be stored: register its class (by type of the attribute, or class-transformer's @Type() where a class holds it; in /core by the option classes), or keep a plain value instead`,
    );
  }
  if (entry.toPlain !== undefined) return { kind: 'converted', entry };
  if (inheritsBuiltIn(prototype)) {
    throw new UnsupportedPart(
      object,
      `class ${nameOf(prototype)} extends a built-in class, whose content would be lost: hold one in a property instead, or convert it`,
    );
  }
  return { kind: 'instance', entry };
}

function inheritsBuiltIn(prototype: object): boolean {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (EXOTIC.has(at) || viewClassOf(at) !== undefined || BUILT_IN.has(at)) return true;
  }
  return false;
}

const BUILT_IN: ReadonlySet<object> = new Set<object>([
  Array.prototype,
  Function.prototype,
  Promise.prototype,
  WeakMap.prototype,
  WeakSet.prototype,
  Object.getPrototypeOf(Uint8Array.prototype) as object,
]);

/** Name of the class with this prototype, read without calling a getter. */
function nameOf(prototype: object | null): string {
  const made: unknown =
    prototype === null ? undefined : Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  if (typeof made !== 'function') return 'an unnamed class';
  const name: unknown = Object.getOwnPropertyDescriptor(made, 'name')?.value;
  return typeof name === 'string' && name !== '' ? name : 'an unnamed class';
}
