import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runSnippet, snippetFolder } from './snippets/run-snippet.js';
import { tablesIn, type Row } from './snippets/tables.js';

const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'guide', '02-attributes.md'), 'utf8');
const [seen = [], unseen = []] = tablesIn(page, ['what', '`v`', 'change', 'patch']);
const folder = await snippetFolder('comparison');

afterAll(() => rm(folder, { recursive: true, force: true }));

const prelude = `
  import { applyPatch, compareGraphs, createClassCatalog, encode, encodePatch, takeBenchmark } from 'nest-session-sync/core';
  const counter = { n: 0 };
  class Line {
    static made = 0;
    qty = 1;
    add(more) { this.qty += more; }
    get counted() { return counter.n; }
  }
  const options = { classes: createClassCatalog([{ name: 'Line', prototype: Line.prototype }]) };
  const share = (x) => ({ a: x, b: x });
  const deep = (levels) => { const top = {}; let at = top; for (let n = 0; n < levels; n++) at = at.down = {}; at.end = 1; return top; };
  const bottom = (v) => { let at = v; while (at.down) at = at.down; return at; };
`;

/** What a row says, as a program; of what comparison sees also that the patch leads there. */
function programOf({ cells: [what = '', start = '', change = '', patch = ''] }: Row): string {
  const begin = `${prelude}\nlet v = ${start};\nconst benchmark = takeBenchmark(v, options);\n${change};\n`;
  const thrown = /^throws (\w+)$/.exec(patch)?.[1];
  if (thrown !== undefined) return `${begin}compareGraphs(benchmark, v, options); // throws ${thrown}`;
  const claim =
    patch === 'deep'
      ? `compareGraphs(benchmark, v, options).map(({ op, path, value }) => [op, path.length, value]); // → [['set', 20_001, 2]]`
      : `encodePatch(compareGraphs(benchmark, v, options), options); // → ${JSON.stringify(patch)}`;
  if (unseen.some(({ cells }) => cells[0] === what)) return `${begin}${claim}`;
  return `${begin}${claim}
    const before = ${start};
    const after = applyPatch(before, compareGraphs(benchmark, v, options), options);
    compareGraphs(takeBenchmark(after, options), v, options).length; // → 0
    compareGraphs(takeBenchmark(v, options), after, options).length; // → 0`;
}

describe('the tables of what comparison sees', () => {
  it('are there', () => {
    expect(seen.length).toBeGreaterThan(30);
    expect(unseen.length).toBeGreaterThan(10);
  });

  it.each([...seen, ...unseen].map((row) => [row.cells[0] ?? '', row] as const))('%s', async (what, row) => {
    const claims = await runSnippet({ name: what, code: programOf(row) }, folder);
    expect(claims.length).toBe(unseen.includes(row) ? 1 : 3);
  });
});
