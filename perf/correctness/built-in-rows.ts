import { changes, equals, type Probe } from './probe.js';
import type { CorrectnessRow } from './correctness-row.js';

/** Map, Set, Date and the other built-in classes. */
export function builtInRows(): readonly CorrectnessRow[] {
  return [...collectionRows(), ...singleValueRows(), ...binaryRows()];
}

function collectionRows(): readonly CorrectnessRow[] {
  const map = () => ({
    map: new Map<unknown, unknown>([
      ['a', { count: 1 }],
      ['b', { count: 2 }],
    ]),
  });
  const key = { id: 1 };
  const byObject = () => ({ map: new Map([[{ ...key }, 1]]) });
  const set = () => ({ set: new Set<unknown>([1, 2, 3]) });
  const setOfObjects = () => ({ set: new Set([{ count: 1 }]) });
  const row = (name: string, probes: readonly Probe[]): CorrectnessRow => ({ name, needs: 'collections', probes });
  return [
    row('Map: entries', [
      equals(map),
      changes(map, (value) => value.map.set('a', 3)),
      changes(map, (value) => ((value.map.get('b') as { count: number }).count = 3)),
      changes(map, (value) => value.map.set('c', 3)),
      changes(map, (value) => value.map.delete('a')),
    ]),
    row('Map: order of entries', [
      changes(map, (value) => {
        const first = value.map.get('a');
        value.map.delete('a');
        value.map.set('a', first);
      }),
    ]),
    row('Map: a key that is an object changes', [
      equals(byObject),
      changes(byObject, (value) => {
        for (const key of value.map.keys()) key.id = 2;
      }),
    ]),
    row('Set: elements', [
      equals(set),
      changes(set, (value) => value.set.add(4)),
      changes(set, (value) => value.set.delete(1)),
      changes(setOfObjects, (value) => {
        for (const element of value.set) element.count = 2;
      }),
    ]),
    row('Set: order of elements', [
      changes(set, (value) => {
        value.set.delete(1);
        value.set.add(1);
      }),
    ]),
  ];
}

function singleValueRows(): readonly CorrectnessRow[] {
  const date = () => ({ at: new Date(86_400_000) });
  const invalid = () => ({ at: new Date(Number.NaN) });
  const regExp = () => ({ pattern: /a/g });
  const url = () => ({ url: new URL('https://example.org/a') });
  return [
    {
      name: 'Date',
      needs: 'date',
      probes: [
        equals(date),
        changes(date, (value) => (value.at = new Date(0))),
        changes(date, (value) => value.at.setTime(0)),
      ],
    },
    {
      name: 'Date: invalid',
      needs: 'date',
      probes: [
        equals(invalid),
        changes(date, (value) => (value.at = new Date(Number.NaN))),
        changes(invalid, (value) => (value.at = new Date(0))),
      ],
    },
    {
      name: 'RegExp',
      needs: 'regexp',
      probes: [
        equals(regExp),
        changes(regExp, (value) => (value.pattern = /b/g)),
        changes(regExp, (value) => (value.pattern = /a/)),
        changes(regExp, (value) => (value.pattern.lastIndex = 3)),
      ],
    },
    {
      name: 'URL',
      needs: 'graphs',
      probes: [equals(url), changes(url, (value) => (value.url.pathname = '/b'))],
    },
  ];
}

function binaryRows(): readonly CorrectnessRow[] {
  const typed = () => ({ list: new Float64Array([1, 2, 3]) });
  const buffer = () => ({ bytes: new Uint8Array([1, 2, 3]).buffer });
  const dataView = () => ({ view: new DataView(new ArrayBuffer(4)) });
  const twoViews = () => {
    const bytes = new ArrayBuffer(4);
    return { first: new Uint8Array(bytes), second: new Uint8Array(bytes) };
  };
  const row = (name: string, probes: readonly Probe[]): CorrectnessRow => ({ name, needs: 'graphs', probes });
  return [
    row('typed array', [equals(typed), changes(typed, (value) => (value.list[1] = 9))]),
    row('typed array of another type', [
      changes(
        (): { list: Uint8Array | Int8Array } => ({ list: new Uint8Array([1, 2]) }),
        (value) => (value.list = new Int8Array([1, 2])),
      ),
    ]),
    row('ArrayBuffer', [equals(buffer), changes(buffer, (value) => (new Uint8Array(value.bytes)[1] = 9))]),
    row('DataView', [equals(dataView), changes(dataView, (value) => value.view.setInt8(2, 9))]),
    row('two views of one buffer become views of two', [
      equals(twoViews),
      changes(twoViews, (value) => (value.second = new Uint8Array(4))),
    ]),
  ];
}
