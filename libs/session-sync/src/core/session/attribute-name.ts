import type { Branded } from './brand.js';

/** Name of a session attribute: an identifier of at most 64 characters. */
export type AttributeName = Branded<string, 'AttributeName'>;

const NAME = /^[A-Za-z_$][A-Za-z0-9_$]{0,63}$/;
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The attribute name in `text`, or undefined when it is no identifier, too long, or a way into prototypes. */
export function parseAttributeName(text: string): AttributeName | undefined {
  return NAME.test(text) && !RESERVED.has(text) ? (text as AttributeName) : undefined;
}
