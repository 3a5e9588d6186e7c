import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { tableMarkdown, type Table } from '../../perf/table.js';
import { runProgram } from '../package/run-program.js';

const root = join(import.meta.dirname, '..', '..');
const OURS = 'nest-session-sync';
let found: Table;

beforeAll(async () => {
  const output = await runProgram('node', ['perf/run.mjs', 'correctness', '--quick', '--json'], root);
  const { tables } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { tables: [Table] };
  [found] = tables;
}, 240_000);

describe('what comparison sees', () => {
  it('is right in every row', () => {
    const column = found.head.indexOf(OURS);
    const wrong = found.lines.filter((cells) => cells[column] !== 'right');
    expect(found.lines.length).toBeGreaterThan(30);
    expect(wrong.map((cells) => `${cells[0]}: ${cells[column]}`)).toEqual([]);
  });

  it('is what the committed table says of all libraries: `npm run perf -- correctness` writes it', async () => {
    expect(await readFile(join(root, 'perf/results/correctness.md'), 'utf8')).toContain(tableMarkdown(found));
  });
});
