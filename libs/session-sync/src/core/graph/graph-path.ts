/** A primitive that can be a key of a Map or an element of a Set. */
export type PrimitiveKey = string | number | bigint | boolean | null | undefined;

/**
 * One step from an object to a part of it:
 * a string is an own property, a number an array index, `key` the value of a Map under a primitive key (or that
 * element of a Set), `keyAt` and `valueAt` the n-th key or value of a Map in insertion order (of a Set: `valueAt`),
 * `buffer` the ArrayBuffer under a typed array or DataView.
 */
export type PathStep =
  | string
  | number
  | { readonly key: PrimitiveKey }
  | { readonly keyAt: number }
  | { readonly valueAt: number }
  | { readonly buffer: true };

/** The way from the root of a graph to a part of it; empty = the root. */
export type GraphPath = readonly PathStep[];

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * `path` as it would be written in code, beginning with `root`: `cart.lines[2].price`, `cart.byId.get("x")`.
 *
 * @example
 * formatPath('cart', ['lines', 2, 'price']); // → 'cart.lines[2].price'
 * formatPath('cart', ['byId', { key: 'x' }, 'unit price']); // → 'cart.byId.get("x")["unit price"]'
 */
export function formatPath(root: string, path: GraphPath): string {
  return root + path.map(formatStep).join('');
}

function formatStep(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`;
  if (typeof step === 'string') return IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  if ('key' in step) return `.get(${formatKey(step.key)})`;
  if ('keyAt' in step) return `.keys()[${step.keyAt}]`;
  if ('valueAt' in step) return `.values()[${step.valueAt}]`;
  return '.buffer';
}

function formatKey(key: PrimitiveKey): string {
  if (typeof key === 'bigint') return `${key}n`;
  return typeof key === 'string' ? JSON.stringify(key) : String(key);
}
