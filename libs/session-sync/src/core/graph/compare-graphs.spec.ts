import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryGraph,
  arbitraryMutations,
  arbitraryRecipes,
  arbitraryVersions,
  buildGraph,
  GRAPH_CLASSES,
  mutateGraph,
} from './arbitrary-graph.spec.js';
import { isIsomorphic } from './isomorphism.spec.js';
import { applyPatch } from '../patch/index.js';
import { cloneGraph, compareGraphs, createClassCatalog, takeBenchmark } from './index.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

describe('compareGraphs', () => {
  it('leads from any graph to any other', () => {
    fc.assert(
      fc.property(arbitraryGraph, arbitraryGraph, (a, b) => {
        const target = cloneGraph(a, options);
        const patch = compareGraphs(takeBenchmark(a, options), b, options);
        expect(isIsomorphic(applyPatch(target, patch, options), b)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('leads from one version to the next, and leaves both alone', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([before, after]) => {
        const [a, b] = [buildGraph(before), buildGraph(after)];
        const patch = compareGraphs(takeBenchmark(a, options), b, options);
        expect(isIsomorphic(applyPatch(cloneGraph(a, options), patch, options), b)).toBe(true);
        expect(isIsomorphic(a, buildGraph(before))).toBe(true);
        expect(isIsomorphic(b, buildGraph(after))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('sees every change made in place', () => {
    fc.assert(
      fc.property(arbitraryRecipes, arbitraryMutations, (recipes, mutations) => {
        const graph = buildGraph(recipes);
        const before = cloneGraph(graph, options);
        const benchmark = takeBenchmark(graph, options);
        mutateGraph(graph, mutations);
        const patch = compareGraphs(benchmark, graph, options);
        expect(isIsomorphic(applyPatch(cloneGraph(before, options), patch, options), graph)).toBe(true);
        expect(patch.length === 0).toBe(isIsomorphic(before, graph));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds nothing where nothing changed: in the same objects, and in a copy', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const benchmark = takeBenchmark(graph, options);
        expect(compareGraphs(benchmark, graph, options)).toEqual([]);
        expect(compareGraphs(benchmark, cloneGraph(graph, options), options)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
