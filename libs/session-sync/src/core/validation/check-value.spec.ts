import 'reflect-metadata';
import { ArrayNotEmpty, IsInt, Min, ValidateNested, validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidAttributeError, InvalidOptionsError } from '../errors/index.js';
import type { AttributeValidator } from './attribute-validator.js';
import { checkValue } from './check-value.js';

class Line {
  @IsInt() @Min(1) qty = 1;
}

class Cart {
  @ValidateNested({ each: true }) @ArrayNotEmpty() lines: Line[] = [];
  @ValidateNested() byName = new Map<string, Line>();
}

const lineOf = (qty: number): Line => Object.assign(new Line(), { qty });
const cartOf = (...quantities: number[]): Cart => Object.assign(new Cart(), { lines: quantities.map(lineOf) });

const cartSchema = z.object({
  lines: z.array(z.object({ qty: z.number().int().min(1) })).nonempty(),
  'a-b': z.string().optional(),
});

function failureOf(validate: AttributeValidator, value: unknown, isSecret = false): unknown {
  try {
    return checkValue({ name: 'cart', validate, isSecret }, value);
  } catch (error) {
    return error;
  }
}

function problemsOf(validate: unknown, value: unknown): readonly object[] {
  const failure = failureOf(validate as AttributeValidator, value);
  if (failure !== undefined) expect(failure).toBeInstanceOf(InvalidAttributeError);
  return (failure as InvalidAttributeError | undefined)?.problems ?? [];
}

const fail = (thrown: unknown) => () => {
  throw thrown;
};

describe('checkValue', () => {
  it.each<[string, unknown]>([
    ['nothing', () => undefined],
    ['null', () => null],
    ['true', () => true],
    ['an empty sentence', () => ''],
    ['an empty list', () => []],
  ])('takes %s for valid', (_what, validate) => {
    expect(problemsOf(validate, {})).toEqual([]);
  });

  it.each<[string, unknown, readonly object[]]>([
    ['false', () => false, [{ path: 'cart', message: 'is invalid' }]],
    ['a sentence', () => 'too much', [{ path: 'cart', message: 'too much' }]],
    [
      'sentences',
      () => ['a', 'b'],
      [
        { path: 'cart', message: 'a' },
        { path: 'cart', message: 'b' },
      ],
    ],
    ['paths in words', () => [{ path: 'lines[0].qty', message: 'a' }], [{ path: 'cart.lines[0].qty', message: 'a' }]],
    ['paths in steps', () => [{ path: ['a-b', 1], message: 'a' }], [{ path: 'cart["a-b"][1]', message: 'a' }]],
    ['what says nothing', () => [{}], [{ path: 'cart', message: 'is invalid' }]],
    ['an error', fail(new RangeError('mine')), [{ path: 'cart', message: 'mine' }]],
    ['a thrown word', fail('mine'), [{ path: 'cart', message: 'mine' }]],
  ])('takes %s for invalid', (_what, validate, problems) => {
    expect(problemsOf(validate, {})).toEqual(problems);
  });

  it('lists ten problems in the message, and all in its list', () => {
    const failure = failureOf(() => Array.from({ length: 12 }, (_, i) => `wrong ${i}`), {}) as InvalidAttributeError;
    expect(failure.problems).toHaveLength(12);
    expect(failure.message).toMatch(/wrong 9; and 2 more$/);
  });

  it('keeps what a function threw as the cause', () => {
    const thrown = new RangeError('mine');
    expect(failureOf(fail(thrown), {})).toMatchObject({ cause: thrown });
  });

  it.each<[string, unknown]>([
    ['a promise', async () => undefined],
    ['a promise that fails', () => Promise.reject(new Error('late'))],
    ['an asynchronous schema', z.string().refine(async () => true)],
    ['the answer of a parse', (value: unknown) => cartSchema.safeParse(value)],
    ['a number', () => 0],
  ])('refuses a validator that answers with %s', (_what, validate) => {
    const failure = failureOf(validate as AttributeValidator, 'x');
    expect(failure).toBeInstanceOf(InvalidOptionsError);
    expect(failure).toMatchObject({ where: '@SessionAttr() cart' });
  });

  it("takes class-validator's validateSync as it is", () => {
    const frozen = Object.freeze(cartOf(1, 2));
    expect(problemsOf(validateSync, frozen)).toEqual([]);
    expect(problemsOf(validateSync, new Cart())).toEqual([
      { path: 'cart.lines', message: 'lines should not be empty' },
    ]);
    expect(problemsOf(validateSync, cartOf(1, 0.5))).toEqual([
      { path: 'cart.lines[1].qty', message: 'qty must not be less than 1' },
      { path: 'cart.lines[1].qty', message: 'qty must be an integer number' },
    ]);
    const named = Object.assign(cartOf(1), { byName: new Map([['green tea', lineOf(0)]]) });
    expect(problemsOf(validateSync, named)).toEqual([
      { path: 'cart.byName["green tea"].qty', message: 'qty must not be less than 1' },
    ]);
  });

  it('takes a schema of zod, and what one throws', () => {
    expect(problemsOf(cartSchema, cartOf(1))).toEqual([]);
    const problems = [
      { path: 'cart.lines[1].qty', message: 'Too small: expected number to be >=1' },
      { path: 'cart["a-b"]', message: 'Invalid input: expected string, received number' },
    ];
    const wrong = { lines: [{ qty: 1 }, { qty: 0 }], 'a-b': 1 };
    expect(problemsOf(cartSchema, wrong)).toEqual(problems);
    expect(problemsOf((value: unknown) => void cartSchema.parse(value), wrong)).toEqual(problems);
  });

  it('tells neither value, path, message nor cause of a secret attribute', () => {
    const card = '4111 1111 1111 1111';
    for (const validate of [() => `${card} is wrong`, fail(new Error(card)), () => [{ path: [card], message: card }]]) {
      const failure = failureOf(validate, card, true);
      expect(failure).toMatchObject({ problems: [{ path: 'cart' }] });
      expect((failure as Error).cause).toBeUndefined();
      expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain('4111');
    }
  });
});
