import { InvalidOptionsError, UnknownAttributeError } from '../errors/index.js';
import { parseAttributeName, type AttributeName } from '../session/attribute-name.js';
import type { AttributeValidator } from '../validation/index.js';
import { defaultOf } from './attribute-default.js';
import {
  ATTRIBUTE_OPTION_NAMES,
  ATTRIBUTE_OPTIONS_NOT_BUILT,
  type AttributeCompare,
  type AttributeMerge,
} from './attribute-options.js';
import { declarationsOf, type Class, type RawDeclaration } from './declare-attribute.js';
import { checkOptions } from './option-rules.js';
import { hasPrivateFields } from './private-fields.js';
import { declaredVersionsOf, type DeclaredVersions } from './version-options.js';
import { trackPolicyOf, type TrackPolicy } from './track-policy.js';

/** One declared attribute, checked. */
export interface Attribute extends DeclaredVersions {
  readonly name: AttributeName;
  readonly isMutable: boolean;
  readonly track: TrackPolicy;
  readonly merge: AttributeMerge;
  readonly compare: AttributeCompare;
  readonly validate: AttributeValidator | undefined;
  /** Most bytes of its encoded text; undefined = no limit of its own. */
  readonly maxBytes: number | undefined;
  /** Whether it is kept by the node alone, as it is. */
  readonly isLocal: boolean;
  /** Whether what is in it may not be told. */
  readonly isSecret: boolean;
  /** Class of its value as declared or as its default shows it; undefined for primitives and plain data. */
  readonly type: Class | undefined;
  /** What the attribute is while nothing is stored; never handed out itself. Undefined of a local one. */
  readonly initial: unknown;
  /** A default that is nobody else's: for local attributes, which can't be copied. */
  readonly makeFresh: () => unknown;
}

/** What a session class declares. */
export interface SessionShape {
  readonly sessionClass: Class;
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** The declared attribute of that name. @throws UnknownAttributeError */
export function attributeOf(shape: SessionShape, name: string): Attribute {
  const attribute = shape.attributes.get(name);
  if (attribute === undefined) throw new UnknownAttributeError(name, [...shape.attributes.keys()]);
  return attribute;
}

/**
 * Reads and checks the declarations of a session class, whose defaults are the property values of one fresh instance.
 * @throws InvalidOptionsError with every problem of the class.
 */
export function describeSession(sessionClass: new () => object): SessionShape {
  const where = `Session class ${sessionClass.name}`;
  const declarations = declarationsOf(sessionClass);
  const problems: string[] = [];
  if (declarations.length === 0) problems.push('it declares no attribute; mark properties with @SessionAttr().');
  if (hasPrivateFields(sessionClass)) {
    problems.push('it has #private fields, which nobody can see or store; use `private` instead.');
  }
  const defaults = instantiate(sessionClass, problems);
  const attributes = new Map<string, Attribute>();
  for (const declaration of declarations) {
    const found = describeAttribute(declaration, { sessionClass, defaults }, problems);
    if (found !== undefined) attributes.set(found.name, found);
  }
  if (problems.length > 0) throw new InvalidOptionsError(where, problems);
  return { sessionClass, attributes };
}

function instantiate(sessionClass: new () => object, problems: string[]): object {
  try {
    return new sessionClass();
  } catch (error) {
    problems.push(`its constructor must work without arguments, for the defaults; it threw: ${String(error)}`);
    return {};
  }
}

interface Described {
  readonly sessionClass: new () => object;
  /** A fresh instance. */
  readonly defaults: object;
}

function describeAttribute(
  declaration: RawDeclaration,
  { sessionClass, defaults }: Described,
  problems: string[],
): Attribute | undefined {
  const label = `@SessionAttr() ${String(declaration.name)}`;
  const name = typeof declaration.name === 'string' ? parseAttributeName(declaration.name) : undefined;
  if (name === undefined) {
    problems.push(
      `${label}: an attribute's name is an identifier of at most 64 characters, not a way into prototypes.`,
    );
    return undefined;
  }
  for (const option of Object.keys(declaration.options)) {
    if (!ATTRIBUTE_OPTION_NAMES.includes(option)) problems.push(`${label}: ${refusalOf(option)}`);
  }
  const { options, problems: wrong } = checkOptions(declaration.options);
  const { found, problem } = defaultOf(name, options, defaults, sessionClass);
  const told = problem === undefined ? [...wrong] : [...wrong, problem];
  const track = trackPolicyOf(declaration.options, options, told);
  const versioned = declaredVersionsOf(declaration.options, (sentence) => told.push(sentence));
  problems.push(...told.map((sentence) => `${label}: ${sentence}`));
  const initial = found.value;
  const declared = options.type === undefined ? declaration.designType : options.type();
  const type = options.local ? undefined : classOf(declared, initial);
  const { merge, compare, validate, maxBytes, local: isLocal, secret: isSecret } = options;
  if (compare === 'equals' && !canBeEqual(type ?? declared, initial)) {
    problems.push(
      `${label}: compare 'equals' needs a value with a method equals(other), which its class doesn't have.`,
    );
  }
  return {
    name,
    // A local attribute is handed out as it is, for whatever use.
    isMutable: options.mutable || isLocal,
    track,
    merge,
    compare,
    validate,
    maxBytes,
    isLocal,
    isSecret,
    type,
    initial,
    makeFresh: found.makeFresh,
    ...versioned,
  };
}

function refusalOf(option: string): string {
  const instead = Object.hasOwn(ATTRIBUTE_OPTIONS_NOT_BUILT, option) ? ATTRIBUTE_OPTIONS_NOT_BUILT[option] : undefined;
  if (instead !== undefined) return `option "${option}" isn't built yet: ${instead}. Leave it out.`;
  return `unknown option "${option}"; known are ${ATTRIBUTE_OPTION_NAMES.join(', ')}.`;
}

/** What the compiler emits for unions, interfaces and primitives says nothing of the class. */
const NOT_TELLING: ReadonlySet<unknown> = new Set([Object, String, Number, Boolean, Array, BigInt, Symbol, Function]);

function classOf(declared: unknown, initial: unknown): Class | undefined {
  if (typeof declared === 'function' && !NOT_TELLING.has(declared)) return declared as Class;
  if (typeof initial !== 'object' || initial === null) return undefined;
  const { constructor } = initial;
  return typeof constructor === 'function' && !NOT_TELLING.has(constructor) ? (constructor as Class) : undefined;
}

/** Whether values may have an `equals`, as far as the declaration tells: by a class, else by the default. */
function canBeEqual(declared: unknown, initial: unknown): boolean {
  if (typeof declared === 'function' && declared !== Object) {
    return hasEquals((declared as { readonly prototype?: unknown }).prototype);
  }
  return initial === undefined || initial === null || hasEquals(initial);
}

function hasEquals(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'equals' in value && typeof value.equals === 'function';
}
