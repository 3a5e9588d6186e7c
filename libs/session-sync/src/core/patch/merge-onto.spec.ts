import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloneGraph } from '../graph/clone-graph.js';
import { compareGraphs } from '../graph/compare-graphs.js';
import { compareTrees } from '../graph/compare-trees.js';
import { freezeGraph } from '../graph/freeze-graph.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { takeBenchmark } from '../graph/take-benchmark.js';
import { applyPatchToFrozen } from './apply-patch-to-frozen.js';
import { areApart } from './are-apart.js';
import { mergeOnto } from './merge-onto.js';
import { mergeThreeWay } from './merge-three-way.js';

/** What `change` makes of a copy of `base`, as the two sides of a merge have it. */
function changed<T>(base: T, change: (copy: T) => void) {
  const copy = cloneGraph(base);
  change(copy);
  const patch = compareGraphs(takeBenchmark(base), copy);
  return { patch, value: applyPatchToFrozen(base, patch) };
}

function merged<T>(plain: T, ours: (copy: T) => void, theirs: (copy: T) => void) {
  const base = freezeGraph(plain);
  const other = changed(base, theirs).value;
  const rebased = mergeOnto(base, changed(base, ours).patch, other);
  return rebased.ok ? applyPatchToFrozen(other, rebased.patch) : rebased.conflicts;
}

describe('mergeOnto', () => {
  it('keeps what both appended, edited and removed in different places', () => {
    const lines = [
      { id: 1, qty: 1 },
      { id: 2, qty: 1 },
      { id: 3, qty: 1 },
    ];
    const result = merged(
      { lines, note: 'a' },
      (ours) => {
        ours.lines.push({ id: 5, qty: 1 });
        Object.assign(ours.lines[0] ?? {}, { qty: 9 });
      },
      (theirs) => {
        theirs.lines.push({ id: 4, qty: 1 });
        theirs.lines.splice(1, 1);
        theirs.note = 'b';
      },
    );
    expect(result).toEqual({
      lines: [
        { id: 1, qty: 9 },
        { id: 3, qty: 1 },
        { id: 4, qty: 1 },
        { id: 5, qty: 1 },
      ],
      note: 'b',
    });
  });

  it('takes equal changes once, unless a number may have been counted up', () => {
    const base = { theme: 'light', qty: 1, lines: [] as { id: string; qty: number }[] };
    const dark = (copy: typeof base): void => void (copy.theme = 'dark');
    expect(merged({ ...base }, dark, dark)).toEqual({ ...base, theme: 'dark' });
    const more = (copy: typeof base): void => void copy.qty++;
    expect(merged({ ...base }, more, more)).toEqual(['.qty']);
    const tea = (copy: typeof base): void => void copy.lines.push({ id: 'tea', qty: 1 });
    expect(merged({ ...base, lines: [] }, tea, tea)).toEqual([expect.stringContaining('.lines')]);
    expect(
      merged(
        new Map<string, number>(),
        (m) => m.set('a', 1),
        (m) => m.set('a', 1),
      ),
    ).toEqual(['.get("a")']);
  });

  it('sends only the difference however large the rest is', () => {
    const base = freezeGraph({ rows: Array.from({ length: 500 }, (_, id) => ({ id, text: 'x' })) });
    const theirs = changed(base, (copy) => void copy.rows.push({ id: 500, text: 'theirs' })).value;
    const { patch } = changed(base, (copy) => void copy.rows.push({ id: 501, text: 'ours' }));
    expect(mergeOnto(base, patch, theirs)).toEqual({
      ok: true,
      patch: [{ op: 'splice', path: ['rows'], index: 501, remove: 0, items: [{ id: 501, text: 'ours' }] }],
    });
  });
});

describe('mergeOnto of rows with keys', () => {
  interface Row {
    readonly id: number;
    readonly qty: number;
  }

  const ids = (max: number, minLength: number) =>
    fc.uniqueArray(fc.integer({ min: 0, max }), { minLength, maxLength: 5 });

  it('lets an edit of a row end up in that row, or in a conflict', () => {
    let kept = 0;
    let conflicts = 0;
    fc.assert(
      fc.property(ids(5, 1), ids(7, 0), fc.nat(4), (before, after, pick) => {
        const position = pick % before.length;
        const result = merged(
          before.map((id): Row => ({ id, qty: 1 })),
          (rows) => void Object.assign(rows[position] ?? {}, { qty: 5 }),
          (rows) => void rows.splice(0, rows.length, ...rearranged(rows, after)),
        );
        if (result.every((row) => typeof row === 'string')) return void conflicts++;
        kept++;
        const edited = before[position];
        expect(result).toEqual(after.map((id) => ({ id, qty: id === edited ? 5 : 1 })));
      }),
      { numRuns: 1_000 },
    );
    expect(kept).toBeGreaterThan(100);
    expect(conflicts).toBeGreaterThan(100);
  });

  function rearranged(rows: readonly Row[], order: readonly number[]): Row[] {
    return order.map((id) => rows.find((row) => row.id === id) ?? { id, qty: 1 });
  }

  it('takes an edit of an object that was replaced by another one for a conflict', () => {
    const current = (qty: number, id = 1) => ({ current: { id, qty } });
    const edit = (copy: ReturnType<typeof current>): void => void (copy.current.qty = 5);
    expect(merged(current(1), edit, (theirs) => void (theirs.current = { id: 2, qty: 1 }))).toEqual([
      expect.stringContaining('.current'),
    ]);
  });
});

describe('patches of parts that have nothing to do with each other', () => {
  const part = fc.constantFrom('a', 'b', 'c');
  const edit = fc.record({
    path: fc.array(part, { minLength: 1, maxLength: 3 }),
    isDelete: fc.boolean(),
    value: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant({}), fc.constant({ a: 1 })),
  });
  type Edit = { readonly path: readonly string[]; readonly isDelete: boolean; readonly value: unknown };
  type Node = { [name: string]: unknown };

  function perform(root: Node, edits: readonly Edit[]): void {
    for (const { path, isDelete, value } of edits) {
      let at = root;
      for (const name of path.slice(0, -1)) at = (typeof at[name] === 'object' ? at[name] : root) as Node;
      const name = path.at(-1)!;
      if (isDelete) delete at[name];
      else at[name] = cloneGraph(value);
    }
  }

  it('mean the same one after the other, in either order, and what a three-way merge gives', () => {
    let apart = 0;
    const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), edits, edits, (before, mine, other) => {
        const plain: Node = { a: { a: {}, b: { c: 1 } }, b: { a: 2 } };
        perform(plain, before);
        const base = freezeGraph(plain);
        const ours = changed(base, (copy) => perform(copy, mine));
        const theirs = changed(base, (copy) => perform(copy, other));
        if (!areApart(ours.patch, theirs.patch)) return;
        apart++;
        const onTheirs = applyPatchToFrozen(theirs.value, ours.patch);
        expect(isIsomorphic(onTheirs, applyPatchToFrozen(ours.value, theirs.patch))).toBe(true);
        const merged = mergeThreeWay(base, ours.value, theirs.value);
        expect(merged.ok && isIsomorphic(merged.value, onTheirs)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(apart).toBeGreaterThan(200);
  });

  it('are never on the way to each other', () => {
    const set = (...path: (string | number)[]) => [{ op: 'set', path, value: 1 } as const];
    expect(areApart(set('a', 'b'), set('a', 'c'))).toBe(true);
    expect(areApart(set('a', 'b'), set('a', 'b'))).toBe(false);
    expect(areApart(set('a', 'b', 'c'), set('a', 'b'))).toBe(false);
    expect(areApart(set('a'), set('a', 'b'))).toBe(false);
    expect(areApart(set('list', 1), set('list', 2))).toBe(true);
    expect(areApart(set('list', 1), [{ op: 'splice', path: ['list'], index: 0, remove: 1, items: [] }])).toBe(false);
  });
});

describe('compareTrees', () => {
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(undefined), fc.constant(Number.NaN)),
      fc.date({ noInvalidDate: false }),
      fc.array(tie('node'), { maxLength: 5 }),
      fc.dictionary(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('__proto__', 'toString')), tie('node'), {
        maxKeys: 5,
      }),
      fc
        .array(fc.tuple(fc.constantFrom('a', 'b', 0, 1, Number.NaN, null), tie('node')), { maxLength: 5 })
        .map((entries) => new Map(entries)),
    ),
  })).node;

  it('leads from one tree to the other wherever it answers', () => {
    let answered = 0;
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const [before, after] = [a, b].map((value) => freezeGraph(cloneGraph(value)));
        const patch = compareTrees(before, after);
        if (patch === undefined) return;
        answered++;
        expect(isIsomorphic(applyPatchToFrozen(before, patch), after)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(answered).toBeGreaterThan(100);
  });

  it('finds the difference of a version and one made from it', () => {
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 8 }), fc.nat(), tree, (values, at, value) => {
        const before = freezeGraph({ values: cloneGraph(values) });
        const { value: after } = changed(before, (copy) => void (copy.values[at % copy.values.length] = value));
        const patch = compareTrees(before, after) ?? compareGraphs(takeBenchmark(before), after);
        expect(isIsomorphic(applyPatchToFrozen(before, patch), after)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
