import fc from 'fast-check';
import {
  applyPatch,
  compareGraphs,
  createClassCatalog,
  decode,
  decodePatch,
  decodeVersion,
  encode,
  encodeCanonical,
  encodePatch,
  passThroughCatalog,
  takeBenchmark,
  type AttributeMigrations,
  type ClassCatalog,
  type MigrationStep,
} from 'nest-session-sync/core';
import type { Law } from './law.js';

class Line {
  cell: unknown;
}
class Gone {
  cell: unknown;
}
class Money {
  constructor(readonly cents: number) {}
}

const line = { name: 'Line', prototype: Line.prototype };
const money = {
  name: 'Money',
  prototype: Money.prototype,
  toPlain: (instance: object) => ({ cents: (instance as Money).cents }),
  fromPlain: (plain: unknown) => new Money((plain as Money).cents),
};
/** What the first version knew, and what all later ones know. */
const before = createClassCatalog([line, money, { name: 'Gone', prototype: Gone.prototype }]);
const since = createClassCatalog([line, money]);

const single = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.double(),
  fc.bigInt({ min: -9n, max: 9n }),
  fc.constantFrom(null, undefined, true, -0),
  fc.date(),
  fc.nat(500).map((cents) => new Money(cents)),
);

/** Graphs of values, of the first version's classes too; what stands in `shared` is held twice. */
const graph = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    single,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 3 }),
    fc.array(fc.tuple(fc.string({ maxLength: 2 }), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.uniqueArray(fc.nat(9), { maxLength: 3 }).map((members) => new Set(members)),
    tie('value').map((cell) => Object.assign(new Line(), { cell })),
    tie('value').map((cell) => Object.assign(new Gone(), { cell })),
    tie('value').map((shared) => [shared, { shared }]),
  ),
})).value;

/** Steps as applications write them: making something new of the old value, passing it on, changing it in place. */
const step: fc.Arbitrary<MigrationStep> = fc.constantFrom<MigrationStep[]>(
  (old) => ({ was: old }),
  (old) => [old, { again: old }],
  (old) => new Map([['was', old]]),
  (old) => Object.assign(new Line(), { cell: old }),
  (old) => [new Money(7), old],
  (old) => old ?? null,
  (old) => (isPlain(old) ? Object.assign(old, { added: [new Date(0)] }) : [old]),
  (old) => (isPlain(old) && 'was' in old ? (old['was'] ?? null) : 'flat'),
);

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const history = fc.record({
  first: graph,
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  /** After which steps a node stored the value. */
  stored: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  /** What a newer node makes of the value. */
  later: graph,
});

function same(one: unknown, other: unknown, what: string): void {
  const [a, b] = [one, other].map((value) => encodeCanonical(value, { classes: since }));
  if (a !== b) throw new Error(`${what}: ${a} is not ${b}`);
}

function equal(one: string, other: string, what: string): void {
  if (one !== other) throw new Error(`${what}: ${one} is not ${other}`);
}

function tableOf(steps: readonly MigrationStep[]): AttributeMigrations {
  return Object.fromEntries(steps.map((one, index) => [index + 1, one]));
}

/** Text of version 1 as read by the version after all steps, at once. */
function atOnce(text: string, steps: readonly MigrationStep[]): unknown {
  const migrate = tableOf(steps);
  return decodeVersion(text, 1, { classes: since, version: steps.length + 1, migrate });
}

/** The same, where nodes of the versions in between stored what they read. */
function inStages(text: string, steps: readonly MigrationStep[], stored: readonly boolean[]): unknown {
  const migrate = tableOf(steps);
  let [at, now] = [1, text];
  for (let version = 2; version <= steps.length; version++) {
    if (stored[version - 2] !== true) continue;
    now = encode(decodeVersion(now, at, { classes: since, version, migrate }), { classes: since });
    at = version;
  }
  return decodeVersion(now, at, { classes: since, version: steps.length + 1, migrate });
}

/** A node that knows neither classes nor version takes `text`, a patch onto it, and writes it whole. */
function passedOn(text: string, patches: readonly string[]): string {
  const classes: ClassCatalog = passThroughCatalog();
  let value = decode(text, { classes });
  for (const patch of patches) value = applyPatch(value, decodePatch(patch, { classes }), { classes });
  return encode(value, { classes });
}

function withoutGone(value: unknown): unknown {
  return decodeVersion(encode(value, { classes: before }), 2, { classes: since, version: 1, migrate: {} });
}

export const p9Migrations: Law = {
  id: 'P9',
  promise: 'migrations are idempotent',
  cases: { ci: 5_000, nightly: 100_000 },
  property: () =>
    fc.property(history, ({ first, steps, stored, later }) => {
      const options = { classes: since };
      const text = encode(first, { classes: before });
      const migrated = atOnce(text, steps);
      same(atOnce(text, steps), migrated, 'migrated again');
      same(inStages(text, steps, stored), migrated, 'migrated in stages');

      const written = encode(migrated, options);
      const version = steps.length + 1;
      const read = decodeVersion(written, version, { ...options, version, migrate: {} });
      equal(encode(read, options), written, 'written, read and written');

      equal(passedOn(written, []), written, 'passed on');
      const patch = compareGraphs(takeBenchmark(read, options), withoutGone(later), options);
      const patched = encode(applyPatch(read, patch, options), options);
      equal(passedOn(written, [encodePatch(patch, options)]), patched, 'patched and passed on');
    }),
};
