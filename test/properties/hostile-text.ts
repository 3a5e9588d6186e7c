/** What is left of a case's bytes: each choice takes one, so that shrinking the bytes shrinks the text. */
export class Tape {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** The next byte; 0 at the end. */
  next(): number {
    return this.bytes[this.at++] ?? 0;
  }

  /** A number below 65,536, of two bytes. */
  nextWide(): number {
    return this.next() * 256 + this.next();
  }

  pick<T>(from: readonly T[]): T {
    return from[this.next() % from.length]!;
  }

  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }
}

const PRIMITIVES = [
  '0',
  '1',
  '-1',
  '1e400',
  '""',
  '"a"',
  '"$"',
  'true',
  'null',
  '"undefined"',
  '"AQI="',
  '"\\u0024ref"',
];
const KEYS = ['a', 'b', '__proto__', 'constructor', 'prototype', 'toString', '$$a', '$$', '0', '', 'sku', 'cents'];
const CLASSES = [
  'Line',
  'Money',
  'Object',
  'Function',
  '__proto__',
  'constructor',
  'Uint8Array',
  'DataView',
  'ArrayBuffer',
];
const TAGS = [
  '$',
  '$bigint',
  '$date',
  '$regexp',
  '$url',
  '$null',
  '$class',
  '$as',
  '$bytes',
  '$view',
  '$at',
  '$x',
  '$__proto__',
];
const OPENINGS = [
  '[',
  '{"a":',
  '{"$set":[',
  '{"$map":[[1,',
  '{"$def":[1,',
  '{"$as":["Money",',
  '{"$class":["Line",{"a":',
  '{"$view":["Uint8Array",',
  '{"$at":',
  '{ "$null":{"a":',
];
const SNIPPETS = [
  ...PRIMITIVES,
  ...OPENINGS,
  '{',
  '}',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '{"$ref":1}',
  '{"$holes":9}',
  '{"$holes":3000}',
  '"__proto__":',
  '"constructor":',
  '"prototype",',
  '["set",',
  '["then"]',
  '{"key":',
  '{"valueAt":0}',
  '{"keyAt":0}',
  '{"buffer":true}',
  '4294967295',
  '-0',
  '\u2028',
  '\ud800',
  '\0',
];

/** JSON that looks like the format: tags, mostly with what follows them. */
export function taggedJson(tape: Tape, depth = 0): string {
  if (tape.isAtEnd || depth > 40) return '1';
  const inner = (): string => taggedJson(tape, depth + 1);
  const list = (): string => Array.from({ length: tape.next() % 4 }, inner).join(',');
  const properties = (): string =>
    Array.from({ length: tape.next() % 4 }, () => `"${tape.pick(KEYS)}":${inner()}`).join(',');
  const kinds: readonly (() => string)[] = [
    () => tape.pick(PRIMITIVES),
    () => `[${list()}]`,
    () => `{${properties()}}`,
    () => `{"$set":[${list()}]}`,
    () => `{"$map":[${Array.from({ length: tape.next() % 3 }, () => `[${inner()},${inner()}]`).join(',')}]}`,
    () => `{"$def":[${tape.next() % 4},${inner()}]}`,
    () => `{"$ref":${tape.next() % 4}}`,
    () => `{"${tape.pick(['$class', '$as'])}":["${tape.pick(CLASSES)}",${inner()}]}`,
    () =>
      `{"$view":["${tape.pick(CLASSES)}",${tape.pick(['{"$bytes":"AQIDBAUGBwg="}', inner()])},${tape.next() % 9},${tape.next() % 9}]}`,
    () => `{"$null":{${properties()}}}`,
    () => `[{"$holes":${tape.pick(['1', '5', '9999', '100001', '-1', '0.5'])}}]`,
    () => `{"${tape.pick(TAGS)}":${inner()}}`,
    () => `{"${tape.pick(TAGS)}":${inner()},"${tape.pick(KEYS)}":1}`,
  ];
  return tape.pick(kinds)();
}

/** One of `corpus`, damaged in up to four places. */
export function damaged(tape: Tape, text: string, corpus: readonly string[]): string {
  let result = text;
  for (let edits = 1 + (tape.next() % 4); edits > 0 && !tape.isAtEnd; edits--) {
    const at = tape.nextWide() % (result.length + 1);
    const way = tape.next() % 5;
    const remove = way === 0 ? 0 : tape.next() % 8;
    const insert = way < 3 ? tape.pick(SNIPPETS) : way === 3 ? sliceOf(tape, tape.pick(corpus)) : '';
    result = result.slice(0, at) + insert + result.slice(at + remove);
  }
  return result;
}

function sliceOf(tape: Tape, text: string): string {
  const start = tape.nextWide() % (text.length + 1);
  return text.slice(start, start + (tape.next() % 64));
}

/** Thousands of levels of one or two kinds. */
export function nested(tape: Tape): string {
  const opening = tape.pick(OPENINGS) + (tape.next() % 3 === 0 ? tape.pick(OPENINGS) : '');
  const levels = tape.next() * 4;
  return `${opening.repeat(levels)}1${tape.next() % 2 === 0 ? '' : closing(opening).repeat(levels)}`;
}

function closing(opening: string): string {
  const brackets = Array.from(opening).filter((char) => char === '[' || char === '{');
  return brackets
    .reverse()
    .map((char) => (char === '[' ? ']' : '}'))
    .join('');
}
