import type { CatalogClass, ClassCatalog } from '../graph/class-catalog.js';

/**
 * A catalog for reading what another version of the application stored, whose classes may be gone or have other names:
 * instances of classes that aren't known become plain objects.
 */
export function tolerantCatalog(known: ClassCatalog, converted: (entry: CatalogClass) => CatalogClass): ClassCatalog {
  return {
    byPrototype: (prototype) => known.byPrototype(prototype),
    byName: (name, isConverted) => {
      const entry = known.byName(name, isConverted);
      if (entry === undefined || isConverted !== (entry.fromPlain !== undefined)) return plainClass(name, isConverted);
      return isConverted ? converted(entry) : entry;
    },
  };
}

/** Its plain image, whatever the converter of today would make of it. */
export function asImage({ name }: CatalogClass): CatalogClass {
  return plainClass(name, true);
}

/** An instance where the converter takes the image, else the image. */
export function asInstanceIfPossible(entry: CatalogClass): CatalogClass {
  return {
    ...entry,
    fromPlain: (plain) => {
      try {
        return entry.fromPlain?.(plain) ?? (plain as object);
      } catch {
        return plain as object;
      }
    },
  };
}

function plainClass(name: string, isConverted: boolean): CatalogClass {
  const { prototype } = Object;
  return isConverted ? { name, prototype, fromPlain: (plain) => plain as object } : { name, prototype };
}
