import type { Dice } from './dice.js';

/** What formats written in JSON use as marks, lengths and references, and names that lead to prototypes. */
const STRANGE: readonly unknown[] = [null, -1, -7, 1, 0.5, 4_294_967_295, 1e300, '', '__proto__', 'Date', [], {}, [[]]];
const STRANGE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'length',
  '$ref',
  '$def',
  '$map',
  'values',
  'meta',
  'json',
];

/** JSON that means something else: a part replaced by a strange one or by another part, or under another name. */
export function mutateJson(text: string, dice: Dice): string {
  const root = JSON.parse(text) as unknown;
  const places = placesIn(root);
  const place = places[dice.below(places.length)];
  if (place === undefined) return text;
  const { holder, key } = place;
  const other = places[dice.below(places.length)];
  if (!Array.isArray(holder) && dice.below(3) === 0) {
    const value = Reflect.get(holder, key) as unknown;
    Reflect.deleteProperty(holder, key);
    define(holder, STRANGE_KEYS[dice.below(STRANGE_KEYS.length)] ?? '', value);
  } else if (other !== undefined && dice.below(2) === 0) {
    // A copy: what is put inside itself has no text.
    define(holder, key, JSON.parse(JSON.stringify(Reflect.get(other.holder, other.key))));
  } else define(holder, key, STRANGE[dice.below(STRANGE.length)]);
  return JSON.stringify(root);
}

interface Place {
  readonly holder: object;
  readonly key: string;
}

function placesIn(root: unknown): Place[] {
  const places: Place[] = [];
  const pending = [root];
  for (let holder = pending.pop(); holder !== undefined; holder = pending.pop()) {
    if (typeof holder !== 'object' || holder === null) continue;
    for (const [key, value] of Object.entries(holder)) {
      places.push({ holder, key });
      pending.push(value);
    }
  }
  return places;
}

/** Also `__proto__`, as data. */
function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
