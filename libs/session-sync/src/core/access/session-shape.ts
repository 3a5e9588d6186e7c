import { InvalidOptionsError, UnknownAttributeError } from '../errors/index.js';
import { parseAttributeName, type AttributeName } from '../session/attribute-name.js';
import { ATTRIBUTE_OPTION_NAMES, ATTRIBUTE_OPTIONS_NOT_BUILT, type AttributeMerge } from './attribute-options.js';
import { declarationsOf, type Class, type RawDeclaration } from './declare-attribute.js';
import { hasPrivateFields } from './private-fields.js';
import { declaredVersionsOf, type DeclaredVersions } from './version-options.js';
import { defaultPolicy, isTrackPolicy, problemOfTrack, type TrackPolicy } from './track-policy.js';

/** One declared attribute, checked. */
export interface Attribute extends DeclaredVersions {
  readonly name: AttributeName;
  readonly isMutable: boolean;
  readonly track: TrackPolicy;
  readonly merge: AttributeMerge;
  /** Class of its value as declared or as its default shows it; undefined for primitives and plain data. */
  readonly type: Class | undefined;
  /** What the attribute is while nothing is stored; never handed out itself. */
  readonly initial: unknown;
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
    const found = describeAttribute(declaration, defaults, problems);
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

function describeAttribute(declaration: RawDeclaration, defaults: object, problems: string[]): Attribute | undefined {
  const { options } = declaration;
  const label = `@SessionAttr() ${String(declaration.name)}`;
  const name = typeof declaration.name === 'string' ? parseAttributeName(declaration.name) : undefined;
  if (name === undefined) {
    problems.push(
      `${label}: an attribute's name is an identifier of at most 64 characters, not a way into prototypes.`,
    );
    return undefined;
  }
  for (const option of Object.keys(options)) {
    if (!ATTRIBUTE_OPTION_NAMES.includes(option)) problems.push(`${label}: ${refusalOf(option)}`);
  }
  const { mutable = false, type, merge = 'reject' } = options;
  const isMutable = mutable === true;
  const { track = defaultPolicy(isMutable) } = options;
  if (typeof mutable !== 'boolean') problems.push(`${label}: mutable must be true or false.`);
  const badTrack = problemOfTrack(track, isMutable);
  if (badTrack !== undefined) problems.push(`${label}: ${badTrack}`);
  if (type !== undefined && typeof type !== 'function') problems.push(`${label}: type must be a function: () => Date.`);
  const versioned = declaredVersionsOf(options, (problem) => problems.push(`${label}: ${problem}`));
  if (!isMerge(merge)) {
    problems.push(`${label}: merge must be 'reject', 'lastWriteWins', a policy such as Counter, or a function.`);
    return undefined;
  }
  const initial = Object.getOwnPropertyDescriptor(defaults, name)?.value as unknown;
  const declared = typeof type === 'function' ? (type as () => unknown)() : declaration.designType;
  const policy = isTrackPolicy(track) ? track : defaultPolicy(isMutable);
  return { name, isMutable, track: policy, merge, type: classOf(declared, initial), initial, ...versioned };
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

function isMerge(merge: unknown): merge is AttributeMerge {
  if (merge === 'reject' || merge === 'lastWriteWins' || typeof merge === 'function') return true;
  return typeof merge === 'object' && merge !== null && 'merge' in merge && typeof merge.merge === 'function';
}
