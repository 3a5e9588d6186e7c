import { ImmutableAttributeError } from '../errors/index.js';
import { hrefOf, makeUrl, URL_CLASS } from './url-value.js';

const HINT = 'Take it with session.mutate(name) or declare the parameter mutable, and change that.';

/**
 * Prototypes that take the place of the built-in one on frozen values: `instanceof` and every reading method work as
 * before, every mutator throws `ImmutableAttributeError`. `Object.freeze` alone doesn't stop these mutators.
 */
export const READ_ONLY_MAP: object = readOnlyVersion(Map.prototype, 'Map', ['set', 'delete', 'clear']);
export const READ_ONLY_SET: object = readOnlyVersion(Set.prototype, 'Set', ['add', 'delete', 'clear']);
export const READ_ONLY_REGEXP: object = readOnlyVersion(RegExp.prototype, 'RegExp', ['compile']);
export const READ_ONLY_DATE: object = readOnlyVersion(
  Date.prototype,
  'Date',
  Object.getOwnPropertyNames(Date.prototype).filter((name) => name.startsWith('set')),
);
export const READ_ONLY_URL: object | undefined = URL_CLASS === undefined ? undefined : readOnlyUrl(URL_CLASS.prototype);

function refuse(what: string): never {
  throw new ImmutableAttributeError(what, HINT);
}

function readOnlyVersion(prototype: object, name: string, mutators: readonly string[]): object {
  const version = Object.create(prototype) as object;
  for (const mutator of mutators) {
    Object.defineProperty(version, mutator, { value: () => refuse(`${name} (${mutator}() was called)`) });
  }
  return Object.freeze(version);
}

function readOnlyUrl(prototype: object): object {
  const version = Object.create(prototype) as object;
  for (const [name, { get, set }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (get !== undefined && set !== undefined) {
      Object.defineProperty(version, name, {
        get,
        set: () => {
          refuse(`URL (${name} was assigned)`);
        },
      });
    }
  }
  Object.defineProperty(version, 'searchParams', {
    // The original one writes through to its URL, so a reader gets that of a copy.
    get(this: object): unknown {
      const copy: object & { readonly searchParams?: unknown } = makeUrl(hrefOf(this));
      return copy.searchParams;
    },
  });
  return Object.freeze(version);
}
