import { changes, equals, type Probe } from './probe.js';
import type { CorrectnessRow } from './correctness-row.js';

interface Rows {
  rows: { id: number; quantity: number }[];
}

const withHole = (): { list: (number | undefined)[] } => {
  const list = [1, 2, 3];
  Reflect.deleteProperty(list, 1);
  return { list };
};

const thousandRows = (): Rows => ({ rows: Array.from({ length: 1_000 }, (_, id) => ({ id, quantity: 1 })) });

/** Objects, arrays and primitives. */
export function plainRows(): readonly CorrectnessRow[] {
  return [...documentRows(), ...valueRows()];
}

function documentRows(): readonly CorrectnessRow[] {
  const cart = (): { name?: string; count: number; lines: { sku: string }[]; note?: string } => ({
    name: 'a',
    count: 1,
    lines: [{ sku: 'x' }, { sku: 'y' }],
  });
  return [
    {
      name: 'a property set, added, deleted; an array longer, shorter',
      needs: 'json',
      probes: [
        equals(cart),
        changes(cart, (value) => (value.count = 2)),
        changes(cart, (value) => (value.note = 'b')),
        changes(cart, (value) => delete value.name),
        changes(cart, (value) => value.lines.push({ sku: 'z' })),
        changes(cart, (value) => value.lines.pop()),
      ],
    },
    {
      name: 'a row at the front of 1,000: one operation',
      needs: 'json',
      probes: [changes(thousandRows, (value) => value.rows.unshift({ id: -1, quantity: 1 }), { most: 1 })],
    },
  ];
}

/** What JSON leaves out. */
function valueRows(): readonly CorrectnessRow[] {
  const present = (): { a?: undefined } => ({ a: undefined });
  const missing = (): { a?: undefined } => ({});
  const withUndefined = (): { list: (number | undefined)[] } => ({ list: [1, undefined, 3] });
  const row = (name: string, probes: readonly Probe[]): CorrectnessRow => ({ name, needs: 'values', probes });
  return [
    row('undefined or missing', [
      equals(present),
      changes(present, (value) => delete value.a),
      changes(missing, (value) => (value.a = undefined)),
    ]),
    row('a hole or undefined', [
      equals(withHole),
      changes(withUndefined, (value) => Reflect.deleteProperty(value.list, 1)),
      changes(withHole, (value) => (value.list[1] = undefined)),
    ]),
    row('NaN', [equals(() => ({ a: Number.NaN })), becomes(1, Number.NaN)]),
    row('0 or -0', [equals(() => ({ a: -0 })), becomes(0, -0), becomes(-0, 0)]),
    row('BigInt', [equals(() => ({ a: 12n })), becomes(12n, 13n), becomes(1n, 1)]),
  ];
}

function becomes(before: unknown, after: unknown): Probe {
  return changes(
    (): { a: unknown } => ({ a: before }),
    (value) => (value.a = after),
  );
}
