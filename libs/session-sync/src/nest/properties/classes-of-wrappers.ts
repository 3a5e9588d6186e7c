import type { Class } from '../../core/access/index.js';
import type { Wrapper } from '../handlers/injection-tree.js';

/** The class that Nest instantiates for a wrapper; undefined for values and factories. */
export function classOf({ metatype, inject }: Wrapper): Class | undefined {
  if (typeof metatype !== 'function' || Array.isArray(inject)) return undefined;
  return typeof metatype.prototype === 'object' ? (metatype as Class) : undefined;
}

/** As far as it can be seen before anything is instantiated: also the class of a value. */
export function visibleClassOf(wrapper: Wrapper): Class | undefined {
  return classOf(wrapper) ?? (wrapper.metatype === null ? classOfInstance(wrapper.instance) : undefined);
}

/** The class of an object. Asks nothing of the object itself: a value may be anything. */
export function classOfInstance(instance: unknown): Class | undefined {
  if (typeof instance !== 'object' || instance === null) return undefined;
  const prototype: unknown = Object.getPrototypeOf(instance);
  if (typeof prototype !== 'object' || prototype === null) return undefined;
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof constructor === 'function' ? (constructor as Class) : undefined;
}
