import type { Class } from '../../core/access/index.js';

/** What a session parameter of a handler asks for: carried as the data of a Nest parameter decorator. */
export type SessionParameter = AskedAttribute | StateParameter;

/** `@SessionAttr('cart')`: the value of one attribute, for a parameter or for a property. */
export class AskedAttribute {
  constructor(
    readonly attribute: string,
    readonly isMutable: boolean,
    /** The class the name was checked against at compile time; the application's own when absent. */
    readonly sessionClass: Class | undefined,
    /** What is wrong with the options, told at start with everything else. */
    readonly problems: readonly string[],
  ) {}
}

/** `@CurrentSession()`: the session itself. */
export class StateParameter {}

export function isSessionParameter(data: unknown): data is SessionParameter {
  return data instanceof AskedAttribute || data instanceof StateParameter;
}
