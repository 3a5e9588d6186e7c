import { EMPTY_CATALOG, type ClassCatalog } from './class-catalog.js';

/** What every operation on graphs may be told. */
export interface GraphOptions {
  /**
   * Classes whose instances may be part of the graph.
   * @default none: plain and built-in values only
   */
  readonly classes?: ClassCatalog;
  /**
   * What the root is called in errors, such as the attribute's name.
   * @default 'value'
   */
  readonly name?: string;
}

/** The catalog of `options`. */
export function classesOf(options: GraphOptions): ClassCatalog {
  return options.classes ?? EMPTY_CATALOG;
}
