import { describe, expect, it } from 'vitest';
import { Counter } from '../patch/index.js';
import { InvalidOptionsError } from '../errors/index.js';
import { declareAttribute } from './declare-attribute.js';
import { describeSession } from './session-shape.js';

class Cart {
  lines: string[] = [];
}

function shapeOf(options: object, initial?: unknown, designType: unknown = Object) {
  class Declared {
    x = initial;
  }
  declareAttribute(Declared.prototype, 'x', { ...options }, designType);
  return describeSession(Declared).attributes.get('x');
}

function problemsOf(options: object, initial?: unknown): readonly string[] {
  try {
    shapeOf(options, initial);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidOptionsError);
    return (error as InvalidOptionsError).problems;
  }
}

describe('options of an attribute', () => {
  it('have defaults', () => {
    expect(shapeOf({})).toMatchObject({
      isMutable: false,
      isLocal: false,
      isSecret: false,
      merge: 'reject',
      compare: 'graph',
      validate: undefined,
      maxBytes: undefined,
      type: undefined,
    });
    expect(shapeOf({ local: false, secret: false, maxBytes: undefined })).toMatchObject({ isLocal: false });
  });

  it.each<[object, RegExp]>([
    [{ mutable: 1 }, /mutable must be true or false\.$/],
    [{ type: 'Date' }, /type must be a function/],
    [{ default: 'en' }, /default must be a function that gives the value/],
    [{ merge: 'firstWriteWins' }, /merge must be 'reject', 'lastWriteWins', 'retry', a policy/],
    [{ compare: 'deep' }, /compare must be 'graph', 'binary', 'equals' or a function/],
    [{ compare: async () => true }, /compare must be/],
    [{ validate: 'yes' }, /validate must be a function that answers at once, or a Standard Schema/],
    [{ validate: async () => undefined }, /validate must be a function that answers at once/],
    [{ validate: { '~standard': { version: 2, validate: () => ({}) } } }, /Standard Schema \(version 1\)/],
    [{ maxBytes: 0 }, /maxBytes must be a whole number, at least 1/],
    [{ maxBytes: 1.5 }, /maxBytes must be a whole number/],
    [{ maxBytes: '10 kB' }, /maxBytes must be a whole number/],
    [{ local: 'yes' }, /local must be true or false/],
    [{ secret: 1 }, /secret must be true or false/],
  ])('of the wrong kind are refused: %o', (options, refusal) => {
    const problems = problemsOf(options);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(refusal);
    expect(problems[0]).toMatch(/^@SessionAttr\(\) x: /);
  });

  it('are refused all at once', () => {
    expect(problemsOf({ mutable: 1, merge: 2, compare: 3, validate: 4, maxBytes: 5.5, colour: 'red' })).toHaveLength(6);
  });

  it.each<object>([
    { mutable: true },
    { type: () => Cart },
    { merge: Counter },
    { compare: 'binary' },
    { validate: () => true },
    { maxBytes: 10 },
    { secret: true },
  ])('that say how a value is stored or compared contradict local: %o', (options) => {
    const [name] = Object.keys(options);
    expect(problemsOf({ local: true, ...options })).toEqual([
      `@SessionAttr() x: "${name}" contradicts local: a local attribute is neither stored nor compared. Leave one of them out.`,
    ]);
  });

  it.each<object>([{ mutable: false }, { secret: false }])('that are off contradict nothing: %o', (options) => {
    expect(problemsOf({ local: true, ...options })).toEqual([]);
  });

  it.each<[string, object]>([
    ['an object', { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: 1 }) } }],
    ['a function', Object.assign(() => 1, { '~standard': { version: 1, vendor: 'test', validate: () => ({}) } })],
  ])('take a Standard Schema that is %s', (_what, validate) => {
    expect(problemsOf({ validate })).toEqual([]);
  });
});

describe('default', () => {
  it('gives the value and its class, where the property has no initialiser', () => {
    expect(shapeOf({ default: () => new Cart() })).toMatchObject({ initial: new Cart(), type: Cart });
    expect(shapeOf({ default: () => 'en' })).toMatchObject({ initial: 'en', type: undefined });
  });

  it('is refused beside an initialiser', () => {
    expect(problemsOf({ default: () => 1 }, 2)).toEqual([
      '@SessionAttr() x: default contradicts the initialiser of the property. Leave one of them out.',
    ]);
  });

  it('of a local attribute is not asked at start', () => {
    let asked = 0;
    const shape = shapeOf({ local: true, default: () => ++asked });
    expect([asked, shape?.initial]).toEqual([0, undefined]);
    expect(shape?.makeFresh()).toBe(1);
  });

  it('that throws is a problem of the class', () => {
    const fail = () => {
      throw new RangeError('mine');
    };
    expect(problemsOf({ default: fail })).toEqual(['@SessionAttr() x: default threw: RangeError: mine']);
  });
});
