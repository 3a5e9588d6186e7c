import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryRecipes, buildGraph, reachable } from './arbitrary-graph.js';

describe('arbitraryRecipes', () => {
  it('cook every kind of value, and sharing', () => {
    const classes = new Set<string>();
    let shared = 0;
    for (const recipes of fc.sample(arbitraryRecipes, { numRuns: 300, seed: 1 })) {
      const objects = reachable(buildGraph(recipes));
      for (const object of objects) classes.add(Object.prototype.toString.call(object));
      const parts = objects.flatMap((object): unknown[] =>
        Array.isArray(object) ? (object as unknown[]) : Object.values(object),
      );
      const references = parts.filter((part) => typeof part === 'object' && part !== null);
      if (new Set(references).size < references.length) shared++;
    }
    expect(classes.size).toBeGreaterThanOrEqual(9);
    expect(shared).toBeGreaterThan(30);
  });
});
