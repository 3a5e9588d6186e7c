import 'reflect-metadata';
import type { PipeTransform, Type } from '@nestjs/common';
import { declareAttribute, type AttributeName, type AttributeOptions, type Class } from '../../core/access/index.js';
import { noteProperty } from '../properties/session-property.js';
import { sessionParameter } from './resolve-parameter.js';
import { noteMisplaced } from './misplaced.js';
import { AskedAttribute } from './session-parameter.js';

/** Options of the forms that ask for an attribute: a parameter of a handler, a property of a singleton. */
export interface SessionAttrParameterOptions {
  /**
   * Whether the attribute is handed out for change: a mutable access, compared at commit. Otherwise it is a read-only
   * view. For attributes that are declared `mutable`.
   * @default false
   */
  readonly mutable?: boolean;
}

type Pipe = Type<PipeTransform> | PipeTransform;

/** Of a property or a parameter: as one signature, since that of PropertyDecorator fits methods and accessors as well. */
type PropertyOrParameterDecorator = (target: object, key: string | symbol | undefined, index?: number) => void;

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
 * Asks for one attribute of the running unit's session. Whoever asks opens the session: a handler by its parameter, all
 * handlers of a controller by a property of the controller or of what is injected into it.
 *
 * On a property of a singleton controller or provider: reading it reads the attribute of the unit that the asking code
 * runs in (with `mutable` a mutable access each time; a read-only view in a read-only unit), assigning it sets the
 * attribute, mutable or not. It has no initialiser: defaults stand in the session class. In the constructor, and in
 * objects that Nest doesn't hold, it is an ordinary property. Mistakes are told when the application starts; so is a
 * request-scoped or transient class, which injects SessionState instead.
 *
 * Reading and assigning throw what SessionState throws: NoUnitError, SessionNotOpenError, UnitEndedError.
 *
 * @example
 * \@Controller('cart')
 * class CartController {
 *   \@SessionAttr('visits') visits!: number;
 *
 *   \@Post()
 *   add(\@SessionAttr('cart', { mutable: true }) cart: Cart) {
 *     cart.add('apple');
 *     this.visits += 1;
 *   }
 * }
 */
export function SessionAttr(name: string, options?: SessionAttrParameterOptions): PropertyOrParameterDecorator;
/** As above, with the name checked by the compiler against the session class. */
export function SessionAttr<T extends object>(
  sessionClass: new () => T,
  name: AttributeName<T>,
  options?: SessionAttrParameterOptions,
): PropertyOrParameterDecorator;
/** As above, through pipes: for parameters. */
export function SessionAttr(
  name: string,
  ...rest: [SessionAttrParameterOptions, ...Pipe[]] | Pipe[]
): ParameterDecorator;
/** As above, through pipes and with the name checked by the compiler against the session class. */
export function SessionAttr<T extends object>(
  sessionClass: new () => T,
  name: AttributeName<T>,
  ...rest: [SessionAttrParameterOptions, ...Pipe[]] | Pipe[]
): ParameterDecorator;
export function SessionAttr(...args: unknown[]): PropertyDecorator & ParameterDecorator {
  return (target: object, key: string | symbol | undefined, place?: unknown): void => {
    const asks = typeof args[0] === 'string' || typeof args[0] === 'function';
    const owner = typeof target === 'function' ? target : target.constructor;
    if (key === undefined) return noteMisplaced(owner, constructorHint(owner));
    const where = `${owner.name}.${String(key)}`;
    if (typeof place === 'number') {
      if (!asks) return noteMisplaced(owner, namelessHint(where));
      const [asked, pipes] = readArguments(args);
      return sessionParameter(asked, ...pipes)(target, key, place);
    }
    const problem = problemOfPlace(target, place, asks ? readArguments(args)[1] : []);
    if (problem !== undefined) return noteMisplaced(owner, `@SessionAttr() on ${where}: ${problem}`);
    if (asks) return noteProperty(owner, { key, asked: readArguments(args)[0] });
    const options = (args[0] ?? {}) as Readonly<Record<string, unknown>>;
    declareAttribute(target, key, options, Reflect.getMetadata('design:type', target, key));
  };
}

/** What is wrong with the property that is decorated; `place` is its descriptor, if it isn't a field. */
function problemOfPlace(target: object, place: unknown, pipes: readonly Pipe[]): string | undefined {
  if (typeof target === 'function') return 'a static property belongs to no session. Leave out static.';
  if (place !== undefined) {
    return 'it is a method, a getter or an accessor. Decorate a plain property: @SessionAttr(…) name!: Type.';
  }
  return pipes.length > 0 ? 'pipes work on parameters of handlers. Leave them out on a property.' : undefined;
}

function constructorHint({ name }: { readonly name: string }): string {
  return `${name}: @SessionAttr() on a parameter of the constructor, when there is no session yet. Inject SessionState or the session class, or take the attribute as a parameter of the handler.`;
}

function namelessHint(where: string): string {
  return `@SessionAttr() on a parameter of ${where} names no attribute: write @SessionAttr('name').`;
}

const PARAMETER_OPTIONS: readonly string[] = ['mutable'] satisfies (keyof SessionAttrParameterOptions)[];

const PARAMETER_OPTIONS_NOT_BUILT: readonly string[] = ['lazy', 'lock'];

function readArguments(args: readonly unknown[]): [AskedAttribute, Pipe[]] {
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
  return [new AskedAttribute(name, mutable === true, sessionClass, problems), pipes];
}

/** Whether `value` is an options object and no pipe, neither a class nor an instance. */
function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !('transform' in value);
}
