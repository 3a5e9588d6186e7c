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
  /**
   * Whether the caller knows that no property of the value is a getter or named by a symbol, as in what `decode`,
   * `cloneGraph`, `freezeGraph` and `JSON.parse` answer. Properties are then simply read, several times faster; a getter
   * would be called, and what it answers taken for data. `takeBenchmark` and `encode` make use of it.
   * @default false: looked at without calling anything
   */
  readonly isChecked?: boolean;
}

/** The catalog of `options`. */
export function classesOf(options: GraphOptions): ClassCatalog {
  return options.classes ?? EMPTY_CATALOG;
}
