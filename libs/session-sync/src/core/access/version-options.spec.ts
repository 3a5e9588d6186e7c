import { describe, expect, it } from 'vitest';
import { InvalidOptionsError } from '../errors/index.js';
import { declareAttribute } from './declare-attribute.js';
import { describeSession } from './session-shape.js';

function described(options: Readonly<Record<string, unknown>>) {
  class Session {
    cart = {};
  }
  declareAttribute(Session.prototype, 'cart', options, Object);
  return describeSession(Session).attributes.get('cart');
}

function problemsOf(options: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    described(options);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidOptionsError)) throw error;
    return error.problems.map((problem) => problem.replace('@SessionAttr() cart: ', ''));
  }
}

const same = (old: unknown): unknown => old;

describe('versions of an attribute', () => {
  it.each([
    ['none', {}, 1],
    ['the first', { version: 1 }, 1],
    ['each with its step', { version: 3, migrate: { 1: same, 2: same } }, 3],
    ['only the later steps', { version: 4, migrate: { 3: same } }, 4],
    ['no steps, older values dropped', { version: 2, onUndecodable: 'dropAttribute' }, 2],
    ['no steps, older sessions given up', { version: 2, migrate: {}, onUndecodable: 'freshSession' }, 2],
    ['the last there is', { version: 999_999, migrate: { 999_998: same } }, 999_999],
  ])('may be: %s', (_, options, version) => {
    expect(problemsOf(options)).toEqual([]);
    expect(described(options)?.versions.version).toBe(version);
  });

  it.each([
    [{ version: 0 }, ['version must be a whole number from 1 to 999999.']],
    [{ version: 1.5 }, ['version must be a whole number from 1 to 999999.']],
    [{ version: '2' }, ['version must be a whole number from 1 to 999999.']],
    [{ version: 1_000_000 }, ['version must be a whole number from 1 to 999999.']],
    [
      { version: 2, migrate: same },
      ['migrate must be a table of functions by the version they start from: { 1: (old) => … }.'],
    ],
    [{ migrate: { 1: same } }, ["migrate: a step from version 1 can't lead to version 1; raise version, or drop it."]],
    [
      { version: 2, migrate: { 1: same, 2: same } },
      ["migrate: a step from version 2 can't lead to version 2; raise version, or drop it."],
    ],
    [{ version: 4, migrate: { 1: same, 3: same } }, ['migrate: no step from version 2.']],
    [{ version: 3, migrate: { 1: same } }, ['migrate: no step from version 2.']],
    [{ version: 2, migrate: { 1: 'drop' } }, ['migrate: "1" must be a function of the old value.']],
    [{ version: 2, migrate: { 1: same, one: same } }, ['migrate: "one" is no version; they count from 1.']],
    [{ onUndecodable: 'ignore' }, ["onUndecodable must be 'throw', 'dropAttribute' or 'freshSession'."]],
  ])('is refused: %o', (options, problems) => {
    expect(problemsOf(options)).toEqual(problems);
  });

  it.each([{ version: 2 }, { version: 2, onUndecodable: 'throw' }])(
    'is refused without a way for older values: %o',
    (options) => {
      expect(problemsOf(options)).toEqual([expect.stringContaining('version 2 needs migrate: { 1: (old) => … }')]);
    },
  );

  it('is refused with all problems at once, those of other options too', () => {
    const options = {
      version: 5,
      migrate: { 0: same, 4: 'x', 7: same },
      onUndecodable: 1,
      merge: 'mine',
      indexed: true,
    };
    expect(problemsOf(options)).toHaveLength(6);
  });

  it('is as it was when it was declared, whatever becomes of the table', () => {
    const migrate: Record<number, unknown> = { 1: same };
    const attribute = described({ version: 2, migrate });
    delete migrate[1];
    expect(attribute?.versions.migrate[1]).toBe(same);
  });
});
