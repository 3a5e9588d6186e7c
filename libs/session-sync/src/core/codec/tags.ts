/**
 * Keys that begin with one `$` belong to the format; a user's key that begins with `$` is stored with one `$` more.
 * docs/value-format.md describes what follows each tag.
 */
export const TAG = {
  /** Values JSON has no word for: undefined, NaN, Infinity, -Infinity, -0. */
  constant: '$',
  bigint: '$bigint',
  date: '$date',
  regexp: '$regexp',
  url: '$url',
  map: '$map',
  set: '$set',
  nullObject: '$null',
  instance: '$class',
  converted: '$as',
  buffer: '$bytes',
  view: '$view',
  holes: '$holes',
  define: '$def',
  reference: '$ref',
  objectAt: '$at',
} as const;

/** The constants of `{"$": …}`. */
export const CONSTANTS: ReadonlyMap<string, undefined | number> = new Map([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

/** JSON text of a primitive. */
export function primitiveText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'bigint') return `{"${TAG.bigint}":"${value}"}`;
  return value === undefined ? constantText('undefined') : JSON.stringify(value);
}

/** Characters that stand for themselves in JSON: most strings need no more than quotes. */
const SIMPLE = /^[ !#-[\]-~]*$/;

function stringText(value: string): string {
  return SIMPLE.test(value) ? `"${value}"` : JSON.stringify(value);
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return constantText('-0');
  return Number.isFinite(value) ? String(value) : constantText(String(value));
}

function constantText(name: string): string {
  return `{"${TAG.constant}":"${name}"}`;
}

/** JSON text of a property name, colon included. */
export function keyText(key: string): string {
  return `${stringText(key.charCodeAt(0) === 36 ? `$${key}` : key)}:`;
}
