import 'reflect-metadata';
import { currentSlot } from '../../unit-context/index.js';
import { HandlerUnit } from './handler-unit.js';

export type Handler = (this: unknown, ...args: unknown[]) => unknown;

/** On a wrapped handler: the handler as its author wrote it. */
const ORIGINAL = Symbol.for('nest-session-sync.original');

interface WrappedHandler extends Handler {
  [ORIGINAL]?: Handler;
}

/**
 * Replaces a method of a controller class by one that runs it inside the unit of the running request or message, and
 * returns the replacement. It knows no application: which one is concerned, and what that one planned for this handler,
 * comes with the unit. Without a unit (a plain unit test, an application without sessions) it is the method itself.
 */
export function wrapHandler(prototype: object, name: string): Handler {
  const found = Reflect.get(prototype, name) as WrappedHandler;
  if (Object.hasOwn(prototype, name) && Object.hasOwn(found, ORIGINAL)) return found;
  const original = found[ORIGINAL] ?? found;
  const wrapped: WrappedHandler = function handle(this: unknown, ...args: unknown[]): unknown {
    const slot = currentSlot();
    if (!(slot instanceof HandlerUnit)) return original.apply(this, args);
    return slot.handle(wrapped, () => original.apply(this, args));
  };
  wrapped[ORIGINAL] = original;
  copyIdentity(original, wrapped);
  Object.defineProperty(prototype, name, { value: wrapped, writable: true, configurable: true, enumerable: false });
  return wrapped;
}

/** What Nest and others read from a handler: its name, how many parameters it takes, all that decorators left on it. */
function copyIdentity(original: Handler, wrapped: Handler): void {
  Object.defineProperty(wrapped, 'name', { value: original.name, configurable: true });
  Object.defineProperty(wrapped, 'length', { value: original.length, configurable: true });
  for (const key of Reflect.getMetadataKeys(original) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getMetadata(key, original), wrapped);
  }
}
