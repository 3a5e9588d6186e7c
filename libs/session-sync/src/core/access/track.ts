import { InvalidOptionsError } from '../errors/index.js';
import type { GraphOptions } from '../graph/index.js';
import type { Patch } from '../patch/index.js';
import type { DeepReadonly } from './deep-readonly.js';
import { isTrackPolicy, type TrackPolicy } from './track-policy.js';
import { AssignedValue, HandedOutValue, ProxiedValue, type TrackedValue } from './tracked-value.js';

/** Policy of each tracked value; `read` where none is named. */
export type TrackPolicies<T> = { readonly [K in keyof T]?: TrackPolicy };

/** Values under their names, and which of them were mutably accessed. */
export interface Tracker<T extends object, P extends TrackPolicies<T> = TrackPolicies<T>> {
  /** One property for each value. Frozen itself: assigning a name that isn't tracked throws. */
  readonly values: { [K in keyof T]: P[K] extends 'set' ? DeepReadonly<T[K]> : T[K] };
  /** Names of those that may have changed, in the order they were given. Under `proxy`: of those that were written to. */
  readonly candidates: readonly (keyof T & string)[];
  /**
   * Compares the candidates with their benchmarks; costs nothing for the others.
   * @returns a patch for each that changed, by name
   * @throws UnsupportedValueError naming the path of what can't be compared
   */
  changes(): ReadonlyMap<keyof T & string, Patch>;
  /**
   * What the values are now becomes the benchmark. Objects of a `proxy` value that were handed out before are given up
   * if it changed: writing to them throws AbandonedObjectError.
   * @throws UnsupportedValueError as `changes`; nothing becomes the benchmark then
   */
  commit(): void;
}

/**
 * Tracks accesses to named values and finds what changed, without sessions, Nest or NATS. Synchronous; a tracker belongs
 * to who made it.
 *
 * Policies: `set` hands out a frozen copy, and only assigning counts. `read` (the default) hands out the very object that
 * was given, which counts, since whoever has it can change it; it stays a candidate, also after `commit`. `all` is the
 * same here, where reading is the only way to get a value. `proxy` copies the value once and hands out proxies of the
 * copy, and only what is really written through them counts: for values so large that comparing them whole costs too
 * much.
 *
 * Changes of an object that weren't made through the tracker are found as soon as its value is a candidate, but don't
 * make it one.
 *
 * @example
 * const tracker = track({ cart: { lines: [{ sku: 'tea', qty: 1 }] }, locale: 'en' }, { locale: 'set' });
 * tracker.values.cart.lines.push({ sku: 'milk', qty: 2 });
 * tracker.candidates; // → ['cart']
 * const patch = tracker.changes().get('cart');
 * patch; // → [{ op: 'splice', path: ['lines'], index: 1, remove: 0, items: [{ sku: 'milk', qty: 2 }] }]
 * tracker.commit();
 * tracker.changes().size; // → 0
 *
 * @param policies names of `values` and their policies
 * @param options classes that the values may be instances of
 * @throws UnsupportedValueError when a value can't be compared, InvalidOptionsError for a policy that there isn't
 */
export function track<T extends object, const P extends TrackPolicies<T> = TrackPolicies<T>>(
  values: T,
  policies?: P,
  options: Omit<GraphOptions, 'name'> = {},
): Tracker<T, P> {
  checkPolicies(Object.keys(values), policies ?? {});
  const tracked = new Map<keyof T & string, TrackedValue>();
  // A prototype of its own: accessors of one name on like objects would share a layout, which costs the speed of all.
  const accessors = Object.create({}) as object;
  for (const name of Object.keys(values) as (keyof T & string)[]) {
    const made = trackValue(values[name], name, policies?.[name] ?? 'read', { ...options, name });
    tracked.set(name, made);
    Object.defineProperty(accessors, name, { ...made.accessor, enumerable: true });
  }
  return trackerOf(Object.freeze(accessors) as Tracker<T, P>['values'], tracked);
}

function trackerOf<T extends object, P extends TrackPolicies<T>>(
  values: Tracker<T, P>['values'],
  tracked: ReadonlyMap<keyof T & string, TrackedValue>,
): Tracker<T, P> {
  const candidates = () => [...tracked].filter(([, value]) => value.isCandidate);
  const patches = () => candidates().map(([name, value]) => ({ name, value, patch: value.patch() }));
  return {
    values,
    get candidates() {
      return candidates().map(([name]) => name);
    },
    changes: () =>
      new Map(patches().flatMap(({ name, patch }) => (patch.length === 0 ? [] : [[name, patch] as const]))),
    commit: () => {
      for (const { value, patch } of patches()) value.commit(patch);
    },
  };
}

function trackValue(value: unknown, name: string, policy: TrackPolicy, options: GraphOptions): TrackedValue {
  if (policy === 'set') return new AssignedValue(value, options);
  return policy === 'proxy' ? new ProxiedValue(value, name, options) : new HandedOutValue(value, options);
}

function checkPolicies(names: readonly string[], policies: Readonly<Record<string, unknown>>): void {
  const problems: string[] = [];
  for (const [name, policy] of Object.entries(policies)) {
    if (!names.includes(name)) problems.push(`there is no value "${name}" to track; there are ${names.join(', ')}.`);
    if (policy !== undefined && !isTrackPolicy(policy)) {
      problems.push(`the policy of "${name}" must be 'set', 'read', 'proxy' or 'all'.`);
    }
  }
  if (problems.length > 0) throw new InvalidOptionsError('track()', problems);
}
