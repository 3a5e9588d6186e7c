/** A class, as declarations name it. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** What was written at one declaration, unchecked: checked all together when the session class is described. */
export interface RawDeclaration {
  readonly name: string | symbol;
  readonly options: Readonly<Record<string, unknown>>;
  /** The declared type of the property, where the compiler emitted it. */
  readonly designType: unknown;
}

/** Kept on the class itself, so that a class belongs to no application and two of them never meet. */
const DECLARATIONS = Symbol.for('nest-session-sync.attributes');

interface DeclaringClass {
  [DECLARATIONS]?: RawDeclaration[];
}

/** Records that property `name` of the class with this prototype is a session attribute. */
export function declareAttribute(
  prototype: object,
  name: string | symbol,
  options: Readonly<Record<string, unknown>>,
  designType: unknown,
): void {
  const declaringClass = prototype.constructor as DeclaringClass;
  if (!Object.hasOwn(declaringClass, DECLARATIONS)) {
    Object.defineProperty(declaringClass, DECLARATIONS, { value: [] });
  }
  declaringClass[DECLARATIONS]?.push({ name, options, designType });
}

/** Declarations of a class and of those it extends, the base class's first; empty for a class without any. */
export function declarationsOf(sessionClass: Class): readonly RawDeclaration[] {
  const found: RawDeclaration[] = [];
  for (let cls: unknown = sessionClass; typeof cls === 'function'; cls = Object.getPrototypeOf(cls)) {
    const own: DeclaringClass = Object.hasOwn(cls, DECLARATIONS) ? (cls as DeclaringClass) : {};
    found.unshift(...(own[DECLARATIONS] ?? []));
  }
  return found;
}
