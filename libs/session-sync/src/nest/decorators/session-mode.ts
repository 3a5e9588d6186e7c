import 'reflect-metadata';

/** How a handler wants its session, as its decorators say. */
export interface SessionMode {
  readonly isReadOnly?: boolean;
  readonly isClosed?: boolean;
  /** Raw, checked at start. */
  readonly lock?: { readonly mode: unknown; readonly options: readonly unknown[] };
}

const SESSION_MODE = Symbol.for('nest-session-sync.mode');

/**
 * The handler reads its session and can't change it: a write access throws, and nothing is compared at the end.
 * On a class: all its handlers.
 */
export function ReadOnlySession(): ClassDecorator & MethodDecorator {
  return modeDecorator({ isReadOnly: true });
}

/** The handler doesn't open the session, although its controller's others do. */
export function NoSession(): MethodDecorator {
  return modeDecorator({ isClosed: true });
}

/**
 * How the handler's unit is kept from overwriting others. `optimistic`, the default: nobody waits, parallel changes
 * are merged, true overlaps are refused with CommitConflictError. Other modes aren't built yet and are refused at start.
 */
export function SessionLock(mode: 'optimistic'): ClassDecorator & MethodDecorator;
export function SessionLock(mode: unknown, ...options: unknown[]): ClassDecorator & MethodDecorator {
  return modeDecorator({ lock: { mode, options } });
}

export function sessionModeOf(decorated: object): SessionMode {
  return (Reflect.getMetadata(SESSION_MODE, decorated) as SessionMode | undefined) ?? {};
}

function modeDecorator(mode: SessionMode): ClassDecorator & MethodDecorator {
  return (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const decorated = (descriptor?.value as object | undefined) ?? target;
    Reflect.defineMetadata(SESSION_MODE, { ...sessionModeOf(decorated), ...mode }, decorated);
  };
}
