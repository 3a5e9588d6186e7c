import { rm } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { checkClaims } from './check-claims.js';
import { runSnippet, snippetFolder } from './run-snippet.js';
import { examplesIn } from './snippet.js';
import { typeErrorsOf } from './type-check.js';

const folder = await snippetFolder('claims');
const run = (code: string, name: string) => runSnippet({ name, code }, folder);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A documentation test that can't fail proves nothing. */
describe('what a snippet claims', () => {
  it('is compared: values, constants, awaited ones, errors', async () => {
    const code = `
      const one = 1; // → 1
      const two = await Promise.resolve([one, 2]); // → [1, 2]
      two.push(3); // → 3
      class Inner { run() { two; // → [1, 2, 3]
      } }
      new Inner().run();
      null!.x; // throws TypeError
      await Promise.reject(new RangeError('no')); // throws RangeError`;
    expect(await run(code, 'right')).toHaveLength(6);
  });

  it.each([
    ['another value', '1 + 1; // → 3', /is 3: expected 2 to strictly equal 3/],
    ['undefined instead of missing', '({ a: undefined }); // → {}', /is {}: expected/],
    ['another class', 'new (class Cart {})(); // → {}', /is {}: expected/],
    ['another error', 'null!.x; // throws RangeError', /throws RangeError: expected 'TypeError'/],
    ['no error', '1; // throws RangeError', /but nothing was thrown/],
    ['no rejection', 'await Promise.resolve(); // throws RangeError', /but nothing was thrown/],
    ['never reached', 'if (Date.now() < 0) {\n  1; // → 1\n}', /claims that were reached/],
    ['nothing to compare', 'function f() {} // → 1', /Nothing to compare/],
    ['nothing before it', '// → 1', /1 claims are written, 0 can be checked/],
  ])('fails on %s', async (what, code, message) => {
    await expect(run(code, `wrong-${what}`)).rejects.toThrow(message);
  });

  it('leaves the rest of the program as it is', () => {
    expect(checkClaims('const a = 1; // one', 'check')).toEqual({ code: 'const a = 1; // one', claims: [] });
  });
});

describe('a snippet that does not compile', () => {
  it('is named, with its line', { timeout: 120_000 }, async () => {
    const wrong = {
      name: 'page.md:7',
      code: "import { takeBenchmark } from 'nest-session-sync/core';\ntakeBenchmark();\n",
    };
    expect(await typeErrorsOf([wrong], folder)).toEqual([expect.stringMatching(/^page\.md:7, line 2: Expected 1-2/)]);
  });
});

describe('an @example', () => {
  it('is what stands between its tag and the next, without the comment around it', () => {
    const source = `
/**
 * Adds.
 * @example
 * \\@Decorated()
 * add(1,
 *   2); // → 3
 *
 * @throws never
 */
export function add() {}`;
    expect(examplesIn('add.ts', source)).toEqual([
      { name: 'add.ts:5', code: '@Decorated()\nadd(1,\n  2); // → 3\n\n' },
    ]);
  });
});
