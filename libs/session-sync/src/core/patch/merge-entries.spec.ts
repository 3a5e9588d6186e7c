import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { cloneGraph, compareGraphs, freezeGraph, takeBenchmark } from '../graph/index.js';
import { applyPatchToFrozen, mergeOnto, mergeThreeWay } from './index.js';
import { mergeOrder } from './merge-order.js';

/** What `mergeThreeWay` and `mergeOnto` come to: the same. */
function merged<T>(base: T, ours: (copy: T) => unknown, theirs: (copy: T) => unknown): unknown {
  const [mine, other] = [ours, theirs].map((change) => {
    const copy = cloneGraph(base);
    change(copy);
    return copy;
  });
  const outcome = mergeThreeWay(base, mine, other);
  const frozen = freezeGraph(cloneGraph(base));
  const frozenOther = freezeGraph(cloneGraph(other));
  const rebased = mergeOnto(frozen, compareGraphs(takeBenchmark(frozen), mine), frozenOther);
  expect(rebased.ok).toBe(outcome.ok);
  if (!outcome.ok) return outcome.conflicts;
  if (rebased.ok) expect(isIsomorphic(applyPatchToFrozen(frozenOther, rebased.patch), outcome.value)).toBe(true);
  return outcome.value;
}

const LETTERS = ['a', 'b', 'c', 'd'] as const;

type Store = Map<string, unknown>;

const store = (): Store => new Map<string, unknown>(['a', 'b', 'c'].map((key) => [key, { n: key }]));
const touch = (map: Store, key: string): void => {
  const value = map.get(key);
  map.delete(key);
  map.set(key, value);
};
const keys = (map: unknown): string => [...(map as Store).keys()].join('');

describe('a Map that one side puts into another order', () => {
  it('takes what the other side sets, adds and removes', () => {
    const both = merged(
      store(),
      (m) => touch(m, 'a'),
      (m) => m.set('b', 'new').set('d', 1),
    );
    expect([...(both as Store)]).toEqual([
      ['b', 'new'],
      ['c', { n: 'c' }],
      ['d', 1],
      ['a', { n: 'a' }],
    ]);
    expect(
      keys(
        merged(
          store(),
          (m) => touch(m, 'a'),
          (m) => m.delete('b'),
        ),
      ),
    ).toBe('ca');
    expect(
      keys(
        merged(
          store(),
          (m) => m.delete('b'),
          (m) => touch(m, 'a'),
        ),
      ),
    ).toBe('ca');
    expect(
      keys(
        merged(
          store(),
          (m) => touch(m, 'a'),
          (m) => m.delete('a'),
        ),
      ),
    ).toBe('bc');
  });

  it('keeps both moves, those of ours last', () => {
    expect(
      keys(
        merged(
          store(),
          (m) => touch(m, 'a'),
          (m) => touch(m, 'b'),
        ),
      ),
    ).toBe('cba');
  });

  it('lets the other side change the inside of what moved, not of what was removed', () => {
    const inside = (m: Store): unknown => Object.assign(m.get('a') as object, { n: 'changed' });
    for (const isOurs of [true, false]) {
      const order = (first: (m: Store) => unknown, second: (m: Store) => unknown): unknown =>
        isOurs ? merged(store(), first, second) : merged(store(), second, first);
      expect([...(order((m) => touch(m, 'a'), inside) as Store)].at(-1)).toEqual(['a', { n: 'changed' }]);
      const removing = order((m) => {
        touch(m, 'b');
        m.delete('a');
      }, inside);
      expect(removing).toEqual(['.get("a")']);
    }
  });

  it.each<[string, (m: Store) => unknown, (m: Store) => unknown]>([
    ['given different values', (m) => (touch(m, 'a'), m.set('b', 1)), (m) => m.set('b', 2)],
    ['removed and given another value', (m) => (touch(m, 'a'), m.set('b', 1)), (m) => m.delete('b')],
    ['added with different values', (m) => (touch(m, 'a'), m.set('b', 1).set('x', 1)), (m) => m.set('b', 2)],
  ])('names the key that was %s', (_what, ours, theirs) => {
    expect(merged(store(), ours, theirs)).toEqual(['.get("b")']);
    expect(merged(store(), theirs, ours)).toEqual(['.get("b")']);
  });

  it('is content that both sides agree on, whichever is ours, and loses nothing', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const step = fc.record({ op: fc.constantFrom('touch', 'set', 'delete'), key });
    const program = fc.array(step, { maxLength: 5 });
    let count = 0;
    fc.assert(
      fc.property(program, program, fc.boolean(), (ours, theirs, isSet) => {
        const base: unknown = isSet ? new Set<string>(LETTERS) : new Map(LETTERS.map((k) => [k, { n: k }]));
        const run = (steps: typeof ours, side: string) => (target: unknown) => {
          for (const { op, key: at } of steps) {
            const map = target as Map<string, unknown> & Set<unknown>;
            const value = isSet ? undefined : map.get(at);
            if (op === 'delete') map.delete(at);
            else if (isSet) {
              if (op === 'touch') map.delete(at);
              map.add(at);
            } else if (op === 'set') map.set(at, side);
            else if (map.delete(at)) map.set(at, value);
          }
        };
        const one = merged(base, run(ours, 'ours'), run(theirs, 'theirs'));
        const two = merged(base, run(theirs, 'theirs'), run(ours, 'ours'));
        if (Array.isArray(one) || Array.isArray(two)) {
          expect(new Set(one as string[])).toEqual(new Set(two as string[]));
          return;
        }
        count++;
        const content = (value: unknown): unknown =>
          isSet ? [...(value as Set<string>)].toSorted() : Object.fromEntries(value as Store);
        expect(content(one)).toEqual(content(two));
        const [mine, other] = [cloneGraph(base), cloneGraph(base)];
        run(ours, 'ours')(mine);
        run(theirs, 'theirs')(other);
        const has = (value: unknown, k: string): boolean => (value as Set<string>).has(k);
        for (const k of [...LETTERS, 'e', 'f']) {
          const isKept = has(base, k) ? has(mine, k) && has(other, k) : has(mine, k) || has(other, k);
          expect(has(one, k)).toBe(isKept);
          if (isSet) continue;
          const values = [mine, other]
            .map((side) => (side as Store).get(k))
            .filter((value) => typeof value === 'string');
          if (isKept && values.length > 0) expect(values).toContain((one as Store).get(k));
        }
      }),
      { numRuns: 1000 },
    );
    expect(count).toBeGreaterThan(300);
  });
});

describe('a Map or Set with objects as keys', () => {
  it('takes changes of both sides that name entries by position', () => {
    const [k1, k2] = [{ k: 1 }, { k: 2 }];
    const both = merged(
      new Map<object, unknown>([
        [k1, 'a'],
        [k2, 'b'],
      ]),
      (m) => m.delete([...m.keys()][0] ?? m),
      (m) => {
        m.set([...m.keys()][1] ?? m, 'changed');
        m.set({ k: 3 }, 'new');
      },
    );
    expect([...(both as Map<unknown, unknown>)]).toEqual([
      [{ k: 2 }, 'changed'],
      [{ k: 3 }, 'new'],
    ]);
    const elements = merged(
      new Set<{ n: number; m?: string }>([{ n: 1 }, { n: 2 }, { n: 3 }]),
      (set) => set.delete([...set][0] ?? { n: 0 }),
      (set) => Object.assign([...set][1] ?? {}, { m: 'changed' }),
    );
    expect([...(elements as Set<unknown>)]).toEqual([{ n: 2, m: 'changed' }, { n: 3 }]);
  });
});

it('gets a new element once where both sides put in the same', () => {
  const replace = (set: Set<object>): unknown => {
    const [first = set] = set;
    return set.delete(first) && set.add(new Date(7));
  };
  const both = merged(new Set<object>([new Date(0), { k: 'b' }]), replace, replace);
  expect([...(both as Set<object>)]).toEqual([{ k: 'b' }, new Date(7)]);
});

describe('mergeOrder', () => {
  it('is the order of the one side that moved anything, with what the other one added', () => {
    const shuffled = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7], { minLength: 7 });
    fc.assert(
      fc.property(shuffled, (keysOfOne) => {
        const [before, moved] = [new Set([1, 2, 3, 4, 5, 6, 7]), new Set(keysOfOne)];
        expect(mergeOrder(before, moved, before)).toEqual(keysOfOne);
        expect(mergeOrder(before, before, moved)).toEqual(keysOfOne);
        const more = mergeOrder(before, moved, new Set([...before, 8]));
        expect(more.filter((key) => key !== 8)).toEqual(keysOfOne);
        expect(mergeOrder(before, new Set([...before, 8]), moved)).toEqual([...keysOfOne, 8]);
      }),
    );
  });
});
