import type { CheckedOptions } from './option-rules.js';

/** Where an attribute's value comes from while nothing is stored of it. */
export interface AttributeDefault {
  /** Its value at start; undefined of a local attribute, whose values are made when they are needed. */
  readonly value: unknown;
  /** A value that is nobody else's: of local attributes, which can't be copied. */
  readonly makeFresh: () => unknown;
}

/** The default of property `name`, and what is wrong with it. `fresh` is an instance of the session class. */
export function defaultOf(
  name: string,
  { default: option, local }: Pick<CheckedOptions, 'default' | 'local'>,
  fresh: object,
  sessionClass: new () => object,
): { readonly found: AttributeDefault; readonly problem: string | undefined } {
  const initial = propertyOf(fresh, name);
  if (option === undefined) {
    const makeFresh = (): unknown => propertyOf(new sessionClass(), name);
    return { found: { value: local ? undefined : initial, makeFresh }, problem: undefined };
  }
  if (initial !== undefined) {
    const problem = 'default contradicts the initialiser of the property. Leave one of them out.';
    return { found: { value: initial, makeFresh: option }, problem };
  }
  if (local) return { found: { value: undefined, makeFresh: option }, problem: undefined };
  try {
    return { found: { value: option(), makeFresh: option }, problem: undefined };
  } catch (error) {
    return { found: { value: undefined, makeFresh: option }, problem: `default threw: ${String(error)}` };
  }
}

function propertyOf(instance: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(instance, name)?.value as unknown;
}
