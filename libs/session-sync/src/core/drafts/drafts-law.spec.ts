import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryMutations,
  arbitraryRecipes,
  buildGraph,
  GRAPH_CLASSES,
  mutateGraph,
} from '../../../../../test/support/arbitrary-graph.js';
import { cloneGraph, compareGraphs, createClassCatalog, freezeGraph, takeBenchmark } from '../graph/index.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { applyPatch, applyPatchToFrozen, isTree } from '../patch/index.js';
import { Drafts } from './drafts.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

describe('Drafts', () => {
  it('give a patch that leads to what the same program makes of a clone', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(arbitraryRecipes, arbitraryMutations, arbitraryMutations, (recipes, first, second) => {
        const base = freezeGraph(buildGraph(recipes), options);
        const untouched = cloneGraph(base, options);
        const plain = cloneGraph(base, options);
        const drafts = new Drafts(base, { ...options, isTree: () => isTree(base) });
        for (const program of [first, second]) {
          mutateGraph(plain, program);
          mutateGraph(drafts.root, program);
          const whole = compareGraphs(takeBenchmark(base, options), drafts.root, options);
          const patch = drafts.patch() ?? whole;
          expect(isIsomorphic(applyPatch(cloneGraph(base, options), whole, options), plain)).toBe(true);
          expect(isIsomorphic(applyPatch(cloneGraph(base, options), patch, options), plain)).toBe(true);
          expect(isIsomorphic(applyPatchToFrozen(base, patch, options), plain)).toBe(true);
          expect(patch.length === 0).toBe(whole.length === 0);
        }
        expect(isIsomorphic(base, untouched)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
