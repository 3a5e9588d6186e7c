import { createRequire } from 'node:module';
import type { Class } from '../core/access/index.js';

/** One `@Type(() => X)`. */
export interface TypeDeclaration {
  readonly property: string;
  /** The classes it names: X, and the subtypes of a discriminator. */
  readonly classes: readonly unknown[];
}

interface StoredType {
  readonly propertyName: string;
  readonly reflectedType?: unknown;
  readonly typeFunction?: (help: { newObject: unknown; object: object; property: string }) => unknown;
  readonly options?: { readonly discriminator?: { readonly subTypes?: readonly { readonly value: unknown }[] } };
}

/**
 * What class-transformer's decorators left behind. Its storage isn't exported by name: required by path it is the same
 * instance the application's decorators wrote to.
 */
const storage = readStorage(createRequire(import.meta.url)('class-transformer/cjs/storage.js'));

/** The `@Type` declarations of a class and of those it extends. */
export function typeDeclarationsOf(cls: Class): TypeDeclaration[] {
  const stored = withAncestors(cls).flatMap((one) => [...(mapOf('_typeMetadatas').get(one)?.values() ?? [])]);
  return (stored as StoredType[]).map(({ propertyName, reflectedType, typeFunction, options }) => {
    const named = typeFunction?.({ newObject: undefined, object: {}, property: propertyName });
    const subTypes = options?.discriminator?.subTypes ?? [];
    return { property: propertyName, classes: [named, reflectedType, ...subTypes.map(({ value }) => value)] };
  });
}

const CONVERTING = ['_transformMetadatas', '_exposeMetadatas', '_excludeMetadatas'];

/** Whether `@Transform`, `@Expose` or `@Exclude` say that instances read differently from what they hold. */
export function isConvertedByTransformer(cls: Class): boolean {
  return withAncestors(cls).some((one) => CONVERTING.some((name) => (mapOf(name).get(one)?.size ?? 0) > 0));
}

function withAncestors(cls: Class): unknown[] {
  const classes: unknown[] = [];
  for (
    let one: unknown = cls;
    typeof one === 'function' && one !== Function.prototype;
    one = Object.getPrototypeOf(one)
  ) {
    classes.push(one);
  }
  return classes;
}

/** By class, then by property. */
function mapOf(name: string): ReadonlyMap<unknown, ReadonlyMap<string, unknown>> {
  const map: unknown = Reflect.get(storage, name);
  return map instanceof Map ? (map as ReadonlyMap<unknown, ReadonlyMap<string, unknown>>) : new Map();
}

function readStorage(module: unknown): object {
  const { defaultMetadataStorage } = module as { defaultMetadataStorage: object };
  return defaultMetadataStorage;
}
