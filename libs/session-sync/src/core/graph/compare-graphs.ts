import { holdsReferences } from '../patch/holds.js';
import type { Operation, Patch } from '../patch/operation.js';
import type { Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { compareInPlace } from './compare-in-place.js';
import { NodeDiffer } from './diff-node.js';
import { GraphCopier } from './graph-copier.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import { isObject } from './is-object.js';
import { isSameGraph } from './is-same-graph.js';
import { GraphMatch } from './match-graphs.js';
import { surveyGraph } from './survey-graph.js';
import { withPaths } from './with-paths.js';

/**
 * The operations that lead from the benchmark to `value`; empty when nothing changed. Everything of the value model
 * counts: sharing split or joined, order of Map and Set, holes, undefined or missing, -0, NaN. The order of an object's
 * properties doesn't. The patch shares nothing with `value`.
 * @throws UnsupportedValueError for what can't be part of a session, naming the path
 *
 * @example
 * const cart = { lines: [{ sku: 'tea', qty: 1 }], tags: new Set(['new']) };
 * const benchmark = takeBenchmark(cart);
 * compareGraphs(benchmark, cart); // → []
 * cart.lines[0]!.qty = 2;
 * cart.tags.add('gift');
 * compareGraphs(benchmark, cart); // → [{ op: 'add', path: ['tags'], value: 'gift' }, { op: 'set', path: ['lines', 0, 'qty'], value: 2 }]
 */
export function compareGraphs(benchmark: Benchmark, value: unknown, options: GraphOptions = {}): Patch {
  return withPaths(value, options, () => compare(benchmark, value, classesOf(options)));
}

function compare(benchmark: Benchmark, value: unknown, classes: ClassCatalog): Patch {
  if (!isObject(value)) {
    return Object.is(benchmark.root, value)
      ? []
      : [{ op: 'set', path: [], value: new GraphCopier(classes).copy(value) }];
  }
  const inPlace = value === benchmark.root ? compareInPlace(benchmark, classes) : undefined;
  const patch = inPlace ?? compareFromRoot(benchmark, value, classes);
  // Objects that changed places may be as alike as two drops of water: then nothing has changed.
  return patch.some(movesObjects) && isSameGraph(benchmark, value, classes) ? [] : patch;
}

function movesObjects(operation: Operation): boolean {
  if ('items' in operation) return holdsReferences(operation.items);
  return 'value' in operation && holdsReferences(operation.value);
}

function compareFromRoot(benchmark: Benchmark, value: object, classes: ClassCatalog): Patch {
  const survey = surveyGraph(value, classes);
  const match = new GraphMatch(benchmark, survey, classes);
  match.run(value);
  const differ = new NodeDiffer(benchmark, match, classes);
  const operations: Operation[] = [];
  for (const [object, surveyed] of survey.objects) {
    const node = match.nodeOf(object);
    if (node === undefined) continue;
    // Not all at once: a call takes no more than some 100,000 arguments.
    for (const operation of differ.diff(node, object, surveyed)) operations.push(operation);
  }
  if (match.nodeOf(value) !== 0) operations.push({ op: 'set', path: [], value: differ.capture(value) });
  return operations;
}
