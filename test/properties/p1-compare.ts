import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import {
  applyPatch,
  cloneGraph,
  compareGraphs,
  createClassCatalog,
  makeWorkingCopy,
  takeBenchmark,
  type Patch,
} from 'nest-session-sync/core';
import {
  arbitraryGraph,
  arbitraryMutations,
  arbitraryRecipes,
  arbitraryVersions,
  buildGraph,
  GRAPH_CLASSES,
  mutateGraph,
  type GraphRecipe,
  type Mutation,
} from '../support/arbitrary-graph.js';
import { isIsomorphic } from '../support/isomorphism.js';
import type { Law } from './law.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

/** Two graphs of which one becomes the other: made apart, or by changes in place. */
type Case =
  | { readonly way: 'foreign'; readonly a: unknown; readonly b: unknown }
  | { readonly way: 'version'; readonly before: GraphRecipe; readonly after: GraphRecipe }
  | { readonly way: 'inPlace' | 'workingCopy'; readonly recipes: GraphRecipe; readonly mutations: readonly Mutation[] };

const arbitraryCase: fc.Arbitrary<Case> = fc.oneof(
  fc.record({ way: fc.constant('foreign' as const), a: arbitraryGraph, b: arbitraryGraph }),
  arbitraryVersions.map(([before, after]) => ({ way: 'version' as const, before, after })),
  fc.record({
    way: fc.constantFrom('inPlace' as const, 'workingCopy' as const),
    recipes: arbitraryRecipes,
    mutations: arbitraryMutations,
  }),
);

export const p1Compare: Law = {
  id: 'P1',
  promise: 'Applying the difference of two graphs to one gives the other, neither changes, and equal ones have none',
  cases: { ci: 20_000, nightly: 1_000_000 },
  property: () => fc.property(arbitraryCase, holds),
};

function holds(given: Case): void {
  if (given.way === 'foreign') leads(given.a, given.b);
  else if (given.way === 'version') leads(buildGraph(given.before), buildGraph(given.after));
  else if (given.way === 'inPlace') leadsInPlace(buildGraph(given.recipes), given.mutations);
  else leadsInWorkingCopy(buildGraph(given.recipes), given.mutations);
}

function leads(a: unknown, b: unknown): void {
  const [aBefore, bBefore] = [cloneGraph(a, options), cloneGraph(b, options)];
  const benchmark = takeBenchmark(a, options);
  const patch = compareGraphs(benchmark, b, options);
  assertLeads(aBefore, patch, b);
  assert(isIsomorphic(a, aBefore), 'the first graph was changed');
  assert(isIsomorphic(b, bBefore), 'the second graph was changed');
  assert.deepEqual(compareGraphs(benchmark, a, options), [], 'a graph differs from itself');
  assert.deepEqual(compareGraphs(benchmark, aBefore, options), [], 'a graph differs from its copy');
}

function leadsInPlace(graph: unknown, mutations: readonly Mutation[]): void {
  const before = cloneGraph(graph, options);
  const benchmark = takeBenchmark(graph, options);
  mutateGraph(graph, mutations);
  const after = cloneGraph(graph, options);
  assertLeads(before, compareGraphs(benchmark, graph, options), after);
  assert(isIsomorphic(graph, after), 'comparing changed the graph');
}

function leadsInWorkingCopy(graph: unknown, mutations: readonly Mutation[]): void {
  const recorded = takeBenchmark(graph, options);
  const { value, benchmark } = makeWorkingCopy(recorded);
  assert(isIsomorphic(value, graph), 'the working copy is another graph');
  assert.deepEqual(compareGraphs(benchmark, value, options), [], 'an unchanged working copy differs');
  const before = cloneGraph(graph, options);
  mutateGraph(value, mutations);
  assertLeads(before, compareGraphs(benchmark, value, options), value);
  assert(isIsomorphic(graph, before), 'a change of the working copy reached the original');
  assert(isIsomorphic(makeWorkingCopy(recorded).value, before), 'a change reached the benchmark');
}

/** Applies to a copy of `before`: objects of the patch are not those of the graph. */
function assertLeads(before: unknown, patch: Patch, after: unknown): void {
  const result = applyPatch(cloneGraph(before, options), patch, options);
  assert(isIsomorphic(result, after), 'the patch leads to another graph');
  assert.equal(patch.length === 0, isIsomorphic(before, after), 'a difference was missed, or invented');
}
