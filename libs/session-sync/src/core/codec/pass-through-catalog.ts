import type { CatalogClass, ClassCatalog } from '../graph/class-catalog.js';

interface Image {
  readonly plain: unknown;
}

/**
 * A catalog that takes instances of any class as it finds them in stored text, and writes them back as they were. For
 * attributes that a newer version of the application declares: they pass through an older one untouched.
 *
 * @example
 * const classes = passThroughCatalog();
 * const text = '{"$class":["Unknown",{"a":1}]}';
 * encode(decode(text, { classes }), { classes }) === text; // → true
 */
export function passThroughCatalog(): ClassCatalog {
  const entries = new Map<string, CatalogClass>();
  const prototypes = new Map<object, CatalogClass>();
  return {
    byPrototype: (prototype) => prototypes.get(prototype),
    byName: (name, isConverted) => {
      const key = `${isConverted ? '=' : ':'}${name}`;
      let entry = entries.get(key);
      if (entry === undefined) {
        entry = standIn(name, isConverted);
        entries.set(key, entry);
        prototypes.set(entry.prototype, entry);
      }
      return entry;
    },
  };
}

function standIn(name: string, isConverted: boolean): CatalogClass {
  const prototype = {};
  if (!isConverted) return { name, prototype };
  return {
    name,
    prototype,
    toPlain: (instance) => (instance as Image).plain,
    fromPlain: (plain) => Object.assign(Object.create(prototype) as object, { plain }),
  };
}
