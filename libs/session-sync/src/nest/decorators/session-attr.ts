import 'reflect-metadata';
import type { PipeTransform, Type } from '@nestjs/common';
import { declareAttribute, type AttributeName, type AttributeOptions, type Class } from '../../core/access/index.js';
import { sessionParameter } from './resolve-parameter.js';
import { noteMisplaced } from './misplaced.js';
import { AttributeParameter } from './session-parameter.js';

/** Options of the parameter form. */
export interface SessionAttrParameterOptions {
  /**
   * Whether the handler gets the attribute for change: a mutable access, compared at commit. Otherwise it gets a
   * read-only view.
   * @default false
   */
  readonly mutable?: boolean;
}

type Pipe = Type<PipeTransform> | PipeTransform;

/**
 * Declares a property of a session class as a session attribute.
 *
 * @example
 * class ShopSession {
 *   \@SessionAttr({ mutable: true }) cart: Cart = new Cart();
 * }
 */
export function SessionAttr<T = unknown>(options?: AttributeOptions<T>): PropertyDecorator;
/**
 * Hands one attribute of the running unit's session to a handler's parameter; such a handler opens the session.
 *
 * @example
 * add(\@SessionAttr('cart', { mutable: true }) cart: Cart) { cart.add('apple'); }
 */
export function SessionAttr(
  name: string,
  ...rest: [SessionAttrParameterOptions, ...Pipe[]] | Pipe[]
): ParameterDecorator;
/** As above, with the name checked by the compiler against the session class. */
export function SessionAttr<T extends object>(
  sessionClass: new () => T,
  name: AttributeName<T>,
  ...rest: [SessionAttrParameterOptions, ...Pipe[]] | Pipe[]
): ParameterDecorator;
export function SessionAttr(...args: unknown[]): PropertyDecorator & ParameterDecorator {
  return (target: object, key: string | symbol | undefined, index?: unknown): void => {
    const isParameterForm = typeof args[0] === 'string' || typeof args[0] === 'function';
    if (typeof index === 'number') {
      if (key === undefined) return noteMisplaced(target, constructorHint(target));
      if (!isParameterForm) return noteMisplaced(target.constructor, nameHint(target, key));
      const [parameter, pipes] = readArguments(args);
      return sessionParameter(parameter, ...pipes)(target, key, index);
    }
    if (isParameterForm) return noteMisplaced(target.constructor, propertyHint(target, key ?? ''));
    const options = (args[0] ?? {}) as Readonly<Record<string, unknown>>;
    declareAttribute(target, key ?? '', options, Reflect.getMetadata('design:type', target, key ?? ''));
  };
}

function constructorHint(target: object): string {
  return `${(target as Class).name}: @SessionAttr() on a parameter of the constructor, when there is no session yet. Inject SessionState or the session class, or take the attribute as a parameter of the handler.`;
}

function nameHint(target: object, key: string | symbol): string {
  return `@SessionAttr() on a parameter of ${target.constructor.name}.${String(key)} names no attribute: write @SessionAttr('name').`;
}

function propertyHint(target: object, key: string | symbol): string {
  return `@SessionAttr('…') on property ${target.constructor.name}.${String(key)}: accessors on controllers and providers aren't built yet. Inject the session class, or SessionState.`;
}

const PARAMETER_OPTIONS: readonly string[] = ['mutable'] satisfies (keyof SessionAttrParameterOptions)[];

const PARAMETER_OPTIONS_NOT_BUILT: readonly string[] = ['lazy', 'lock'];

function readArguments(args: readonly unknown[]): [AttributeParameter, Pipe[]] {
  const sessionClass = typeof args[0] === 'function' ? (args[0] as Class) : undefined;
  const [name, ...rest] = (sessionClass === undefined ? args : args.slice(1)) as [string, ...unknown[]];
  const options = isOptions(rest[0]) ? rest[0] : undefined;
  const pipes = (options === undefined ? rest : rest.slice(1)) as Pipe[];
  const label = `@SessionAttr('${name}')`;
  const problems = Object.keys(options ?? {})
    .filter((option) => !PARAMETER_OPTIONS.includes(option))
    .map((option) =>
      PARAMETER_OPTIONS_NOT_BUILT.includes(option)
        ? `${label}: option "${option}" isn't built yet. Leave it out.`
        : `${label}: unknown option "${option}"; known is mutable.`,
    );
  const mutable = options?.['mutable'] ?? false;
  if (typeof mutable !== 'boolean') problems.push(`${label}: mutable must be true or false.`);
  return [new AttributeParameter(name, mutable === true, sessionClass, problems), pipes];
}

/** Whether `value` is an options object and no pipe, neither a class nor an instance. */
function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !('transform' in value);
}
