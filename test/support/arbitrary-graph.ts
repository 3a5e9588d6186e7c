import * as fc from 'fast-check';

/** A class whose instances are their own properties. */
export class Line {
  sku: unknown;
  qty: unknown;
  set total(_: unknown) {
    throw new Error('a setter of the class was called');
  }
}

/** A class with a plain image. */
export class Money {
  constructor(readonly cents: number) {}
}

/** Entries for a class catalog. */
export const GRAPH_CLASSES = [
  { name: 'Line', prototype: Line.prototype },
  {
    name: 'Money',
    prototype: Money.prototype,
    toPlain: (instance: object) => ({ cents: (instance as Money).cents }),
    fromPlain: (plain: unknown) => new Money((plain as Money).cents),
  },
];

type Part = { readonly primitive: unknown } | { readonly node: number };

interface Recipe {
  readonly kind: number;
  readonly keys: readonly string[];
  readonly parts: readonly Part[];
  readonly bytes: Uint8Array;
  readonly number: number;
}

const KEYS = [
  'a',
  'b',
  'c',
  'id',
  'sku',
  'qty',
  '__proto__',
  'constructor',
  'prototype',
  '$ref',
  '$',
  '$$x',
  '0',
  '',
  'total',
  'x y',
];

export const arbitraryPrimitive: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    false,
    0,
    -0,
    1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    '',
    'x',
  ),
  fc.string({ maxLength: 6, unit: 'binary' }),
  fc.double(),
  fc.integer({ min: 0, max: 4 }),
  fc.bigInt(),
);

const arbitraryPart: fc.Arbitrary<Part> = fc.oneof(
  arbitraryPrimitive.map((primitive) => ({ primitive })),
  fc.nat(30).map((node) => ({ node })),
);

const arbitraryRecipe: fc.Arbitrary<Recipe> = fc.record({
  kind: fc.nat(17),
  keys: fc.uniqueArray(fc.constantFrom(...KEYS), { maxLength: 5 }),
  parts: fc.array(arbitraryPart, { maxLength: 6 }),
  bytes: fc.uint8Array({ minLength: 8, maxLength: 16 }),
  number: fc.integer({ min: -100, max: 1_000_000 }),
});

/** What a graph is built from: building twice gives two isomorphic graphs that share nothing. */
export type GraphRecipe = readonly Recipe[];

export const arbitraryRecipes: fc.Arbitrary<GraphRecipe> = fc.array(arbitraryRecipe, { minLength: 1, maxLength: 9 });

/** A graph with sharing, cycles and every kind of value; now and then a primitive. */
export const arbitraryGraph: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: arbitraryRecipes.map(buildGraph) },
  { weight: 1, arbitrary: arbitraryPrimitive },
);

/** Two versions of a recipe: the second has some nodes cooked differently. */
export const arbitraryVersions: fc.Arbitrary<readonly [GraphRecipe, GraphRecipe]> = fc
  .tuple(arbitraryRecipes, fc.array(fc.tuple(fc.nat(8), arbitraryRecipe, fc.boolean()), { maxLength: 3 }))
  .map(([recipes, changes]) => {
    const next = [...recipes];
    for (const [at, recipe, isNewKind] of changes) {
      const old = next[at % next.length]!;
      next[at % next.length] = isNewKind ? recipe : { ...recipe, kind: old.kind };
    }
    return [recipes, next] as const;
  });

export function buildGraph(recipes: GraphRecipe): unknown {
  const made = recipes.map(shellOf);
  const shells = recipes.map((recipe, index) => sharedBytesOf(recipe, made) ?? made[index]!);
  for (const [index, recipe] of recipes.entries()) {
    const parts = recipe.parts.map((part) => ('node' in part ? shells[part.node % shells.length] : part.primitive));
    fill(shells[index]!, recipe, parts);
  }
  return shells[0];
}

/** Something onto the bytes of another view, or those bytes; undefined for all other recipes, or without a view. */
function sharedBytesOf({ kind, number }: Recipe, shells: readonly object[]): object | undefined {
  const views = kind < 16 ? [] : shells.filter((shell) => ArrayBuffer.isView(shell));
  const buffer = views[Math.abs(number) % views.length]?.buffer;
  if (buffer === undefined) return undefined;
  const offset = Math.abs(number) % 3;
  if (kind === 16) return new Int8Array(buffer, offset, 2);
  return number % 2 === 0 ? buffer : new DataView(buffer, offset, 3);
}

function shellOf({ kind, bytes, number }: Recipe): object {
  const view = bytes.slice();
  const shells: (() => object)[] = [
    () => ({}),
    () => ({}),
    () => ({}),
    () => [],
    () => [],
    () => [],
    () => new Map(),
    () => new Map(),
    () => new Set(),
    () => new Date(number % 7 === 0 ? Number.NaN : number),
    () => Object.create(null) as object,
    () => new Line(),
    () => new Money(number),
    () => (number % 2 === 0 ? view : new DataView(view.buffer, 2, 4)),
    () => new Uint16Array(view.buffer, 2, 2),
    () => (number % 2 === 0 ? /a(b)/gu : new URL(`https://example.org/${number}`)),
    () => new Int8Array(view.buffer),
    () => view.buffer,
  ];
  return shells[kind]!();
}

function fill(shell: object, recipe: Recipe, parts: readonly unknown[]): void {
  if (Array.isArray(shell)) {
    for (const [index, part] of parts.entries()) {
      if (index % 4 === 3 && recipe.number % 3 === 0) shell.length++;
      else shell.push(part);
    }
  } else if (shell instanceof Map) {
    for (let index = 0; index + 1 < parts.length; index += 2) shell.set(parts[index], parts[index + 1]);
  } else if (shell instanceof Set) for (const part of parts) shell.add(part);
  else if (recipe.kind < 3 || recipe.kind === 10 || recipe.kind === 11) {
    for (const [index, key] of recipe.keys.entries()) {
      Object.defineProperty(shell, key, { value: parts[index], writable: true, enumerable: true, configurable: true });
    }
  } else if (ArrayBuffer.isView(shell) && recipe.number % 5 === 0 && shell instanceof Uint8Array)
    shell[0] = recipe.number;
}

/** A change made in place; numbers are taken modulo what there is. */
export interface Mutation {
  readonly target: number;
  readonly action: number;
  readonly at: number;
  readonly value: Part;
}

export const arbitraryMutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({ target: fc.nat(20), action: fc.nat(9), at: fc.nat(9), value: arbitraryPart }),
  { maxLength: 6 },
);

/** Changes the graph of `root` in place, as a handler would: sets, deletes, moves, shares, sorts, writes bytes. */
export function mutateGraph(root: unknown, mutations: readonly Mutation[]): void {
  for (const { target, action, at, value } of mutations) {
    const objects = reachable(root);
    const object = objects[target % objects.length];
    if (object === undefined) return;
    mutate(object, action, at, 'primitive' in value ? value.primitive : partOf(objects, value.node, at));
  }
}

/** A new object, one of those, or a new view onto the bytes of one of those. */
function partOf(objects: readonly object[], node: number, at: number): unknown {
  if (node % 5 === 0) return { fresh: at };
  const views = node % 5 === 1 ? objects.filter((object) => ArrayBuffer.isView(object)) : [];
  return anotherViewOf(views[node % views.length], at) ?? objects[node % objects.length];
}

/** A new view onto the bytes of `view`; undefined without one. */
export function anotherViewOf(view: ArrayBufferView | undefined, at: number): ArrayBufferView | undefined {
  if (view === undefined) return undefined;
  const offset = at % 3;
  return at % 2 === 0 ? new Uint8Array(view.buffer, offset, 1) : new DataView(view.buffer, offset);
}

function mutate(object: object, action: number, at: number, part: unknown): void {
  if (Array.isArray(object)) {
    const index = at % (object.length + 1);
    if (action < 3) object.push(part);
    else if (action === 3) object.unshift(part);
    else if (action === 4) object.splice(index, 2);
    else if (action === 5) object.splice(index, 1, part, part);
    else if (action === 6) object.reverse();
    else if (action === 7) Reflect.deleteProperty(object, index);
    else object[index] = part;
  } else if (object instanceof Map) {
    const keys = [...object.keys()];
    if (action < 4) object.set(keys[at % (keys.length + 1)], part);
    else if (action < 6) object.set(part, at);
    else object.delete(keys[at % (keys.length + 1)]);
  } else if (object instanceof Set) {
    if (action < 6) object.add(part);
    else object.delete([...object][at % (object.size + 1)]);
  } else if (object instanceof Date) object.setTime(at);
  else if (object instanceof Uint8Array) object[at % object.length] = action;
  else if (object instanceof RegExp) object.lastIndex = at;
  else if (object instanceof URL) object.hash = String(at);
  else if (object instanceof Money) Object.assign(object, { cents: at });
  else if (!ArrayBuffer.isView(object) && !(object instanceof ArrayBuffer)) mutateProperties(object, action, at, part);
}

function mutateProperties(object: object, action: number, at: number, part: unknown): void {
  const keys = Object.keys(object);
  const key = action < 5 ? keys[at % (keys.length + 1)] : KEYS[at];
  if (key === undefined) return;
  if (action === 4) Reflect.deleteProperty(object, key);
  else Object.defineProperty(object, key, { value: part, writable: true, enumerable: true, configurable: true });
}

export function reachable(root: unknown): object[] {
  const seen = new Set<object>();
  const meet = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) seen.add(value);
  };
  meet(root);
  for (const object of seen) {
    if (object instanceof Map) for (const [key, value] of object) [key, value].forEach(meet);
    else if (object instanceof Set) object.forEach(meet);
    else if (!ArrayBuffer.isView(object)) Object.values(object).forEach(meet);
  }
  return [...seen];
}
