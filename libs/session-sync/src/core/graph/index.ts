export type { Benchmark } from './benchmark.js';
export { createClassCatalog, EMPTY_CATALOG, type CatalogClass, type ClassCatalog } from './class-catalog.js';
export { cloneGraph } from './clone-graph.js';
export { compareGraphs } from './compare-graphs.js';
export { containsUnfreezable, freezeGraph } from './freeze-graph.js';
export type { GraphOptions } from './graph-options.js';
export { formatPath, type GraphPath, type PathStep, type PrimitiveKey } from './graph-path.js';
export { readOnlyView } from './read-only-view.js';
export { takeBenchmark } from './take-benchmark.js';
