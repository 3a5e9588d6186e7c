import type { Operation, Patch } from '../patch/operation.js';
import type { Benchmark } from './benchmark.js';
import type { ClassCatalog } from './class-catalog.js';
import { NodeDiffer, type Continuation } from './diff-node.js';
import { GraphCopier } from './graph-copier.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import { GraphMatch } from './match-graphs.js';
import { surveyGraph, surveyObject } from './survey-graph.js';
import { sweep } from './sweep.js';
import { withPaths } from './with-paths.js';

/**
 * The operations that lead from the benchmark to `value`; empty when nothing changed. Everything of the value model
 * counts: sharing split or joined, order of Map and Set, holes, undefined or missing, -0, NaN. The order of an object's
 * properties doesn't. The patch shares nothing with `value`.
 * @throws UnsupportedValueError for what can't be part of a session, naming the path
 */
export function compareGraphs(benchmark: Benchmark, value: unknown, options: GraphOptions = {}): Patch {
  return withPaths(value, options, () => compare(benchmark, value, classesOf(options)));
}

function compare(benchmark: Benchmark, value: unknown, classes: ClassCatalog): Patch {
  if (typeof value !== 'object' || value === null) {
    return Object.is(benchmark.root, value)
      ? []
      : [{ op: 'set', path: [], value: new GraphCopier(classes).copy(value) }];
  }
  if (value === benchmark.root) {
    const edited = sweep(benchmark, classes);
    if (edited !== undefined) return patchOfEdited(benchmark, edited, classes);
  }
  return compareFromRoot(benchmark, value, classes);
}

/** Only primitives of known objects changed: nothing has to be searched. */
function patchOfEdited(benchmark: Benchmark, edited: readonly number[], classes: ClassCatalog): Patch {
  const inPlace: Continuation = {
    nodeOf: () => undefined,
    isSame: (slot, part) => Object.is(slot, part),
    recordedOf: (part) => part,
  };
  const differ = new NodeDiffer(benchmark, inPlace, classes);
  return edited.flatMap((node) => {
    const object = benchmark.objects[node];
    return object === undefined ? [] : differ.diff(node, object, surveyObject(object, classes));
  });
}

function compareFromRoot(benchmark: Benchmark, value: object, classes: ClassCatalog): Patch {
  const survey = surveyGraph(value, classes);
  const match = new GraphMatch(benchmark, survey, classes);
  match.run(value);
  const differ = new NodeDiffer(benchmark, match, classes);
  const operations: Operation[] = [];
  for (const [object, surveyed] of survey.objects) {
    const node = match.nodeOf(object);
    if (node !== undefined) operations.push(...differ.diff(node, object, surveyed));
  }
  if (match.nodeOf(value) !== 0) operations.push({ op: 'set', path: [], value: differ.capture(value) });
  return operations;
}
