/** One class whose instances may be part of session state. */
export interface CatalogClass {
  /** Name under which instances are stored; stable across deployments, unique in its catalog. */
  readonly name: string;
  /** The prototype that instances have, exactly: instances of subclasses need an entry of their own. */
  readonly prototype: object;
  /**
   * Present together with `fromPlain` for a *converted* class: its instances are compared and stored by this plain
   * image, as one opaque value. Without it, an instance is its own enumerable data properties.
   */
  readonly toPlain?: (instance: object) => unknown;
  /** Makes an instance from a plain image that `toPlain` gave, or that an earlier version of the class stored. */
  readonly fromPlain?: (plain: unknown) => object;
}

/** The classes that session state may hold. Nothing outside it is ever stored or made from stored text. */
export interface ClassCatalog {
  byPrototype(prototype: object): CatalogClass | undefined;
  /** `isConverted`: whether the stored text holds a plain image; only a catalog that knows no class by itself needs it. */
  byName(name: string, isConverted: boolean): CatalogClass | undefined;
}

/**
 * A catalog of these classes; on a repeated name or prototype the last entry counts.
 *
 * @example
 * class Line {
 *   constructor(public sku = '', public qty = 1) {}
 * }
 * const classes = createClassCatalog([{ name: 'Line', prototype: Line.prototype }]);
 * const text = encode(new Line('tea'), { classes }); // → '{"$class":["Line",{"sku":"tea","qty":1}]}'
 * decode(text, { classes }) instanceof Line; // → true
 * decode(text); // throws AttributeDecodeError
 */
export function createClassCatalog(classes: Iterable<CatalogClass>): ClassCatalog {
  const prototypes = new Map<object, CatalogClass>();
  const names = new Map<string, CatalogClass>();
  for (const entry of classes) {
    prototypes.set(entry.prototype, entry);
    names.set(entry.name, entry);
  }
  return { byPrototype: (prototype) => prototypes.get(prototype), byName: (name) => names.get(name) };
}

/** Knows no class: only plain values and built-in ones pass. The default everywhere. */
export const EMPTY_CATALOG: ClassCatalog = createClassCatalog([]);
