import { classesOf, type GraphOptions } from './graph-options.js';
import { isObject } from './is-object.js';
import { ownSlots } from './own-slots.js';
import {
  READ_ONLY_DATE,
  READ_ONLY_MAP,
  READ_ONLY_REGEXP,
  READ_ONLY_SET,
  READ_ONLY_URL,
} from './read-only-prototypes.js';
import { UnsupportedPart } from './unsupported-part.js';
import { classify, isSingleValue, type ValueKind } from './value-kind.js';
import { withPaths } from './with-paths.js';

const READ_ONLY: ReadonlyMap<ValueKind, object | undefined> = new Map([
  ['map', READ_ONLY_MAP],
  ['set', READ_ONLY_SET],
  ['date', READ_ONLY_DATE],
  ['regexp', READ_ONLY_REGEXP],
  ['url', READ_ONLY_URL],
]);

/**
 * Freezes `value` in depth, in place, and answers it: objects and arrays by `Object.freeze`; mutators of Map, Set, Date,
 * URL and RegExp throw `ImmutableAttributeError`. Binary data and converted instances can't be frozen; hand such a
 * value out through `readOnlyView`.
 * @throws UnsupportedValueError for what can't be part of a session
 *
 * @example
 * const frozen = freezeGraph({ lines: ['tea'], seen: new Map([['tea', new Date(0)]]) });
 * frozen.lines.push('cup'); // throws TypeError
 * frozen.seen.delete('tea'); // throws ImmutableAttributeError
 * frozen.seen.get('tea')?.setTime(1); // throws ImmutableAttributeError
 */
export function freezeGraph<T>(value: T, options: GraphOptions = {}): T {
  withPaths(value, options, () => visitGraph(value, options, freezeOne));
  return value;
}

/**
 * Whether something in `value` can be changed even after `freezeGraph`: an ArrayBuffer, typed array, DataView or an
 * instance of a converted class.
 *
 * @example
 * containsUnfreezable({ bytes: new Uint8Array(2) }); // → true
 * containsUnfreezable({ at: new Date(0) }); // → false
 */
export function containsUnfreezable(value: unknown, options: GraphOptions = {}): boolean {
  let found = false;
  withPaths(value, options, () =>
    visitGraph(value, options, (_, kind) => {
      found ||= kind === 'buffer' || kind === 'view' || kind === 'converted';
    }),
  );
  return found;
}

function visitGraph(root: unknown, options: GraphOptions, visit: (object: object, kind: ValueKind) => void): void {
  const classes = classesOf(options);
  const seen = new Set<object>();
  const meet = (value: unknown): void => {
    if (isObject(value)) seen.add(value);
  };
  meet(root);
  // The set grows while it is walked.
  for (const object of seen) {
    const found = classify(object, classes);
    visit(object, found.kind);
    if (isSingleValue(found.kind)) continue;
    for (const slot of ownSlots(object, found)) meet(slot);
  }
}

/** Freezes one object, not its parts; buffers, views and converted instances can't be frozen. */
export function freezeOne(object: object, kind: ValueKind): void {
  if (kind === 'buffer' || kind === 'view' || kind === 'converted') return;
  const prototype = READ_ONLY.get(kind);
  if (prototype !== undefined && Object.getPrototypeOf(object) !== prototype) {
    if (!Object.isExtensible(object)) {
      throw new UnsupportedPart(
        object,
        `this ${kind} was frozen by Object.freeze, which leaves it changeable: clone it first`,
      );
    }
    Object.setPrototypeOf(object, prototype);
  }
  Object.freeze(object);
}
