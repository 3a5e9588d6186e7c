import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import {
  applyPatch,
  compareGraphs,
  createClassCatalog,
  decode,
  decodePatch,
  encode,
  encodeCanonical,
  encodePatch,
  takeBenchmark,
} from 'nest-session-sync/core';
import { arbitraryGraph, arbitraryVersions, buildGraph, GRAPH_CLASSES } from '../support/arbitrary-graph.js';
import { isIsomorphic } from '../support/isomorphism.js';
import type { Law } from './law.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

export const p2Codec: Law = {
  id: 'P2',
  promise:
    'Any graph and any patch come back from their text, which is one line of JSON; equal graphs have one canonical text',
  cases: { ci: 20_000, nightly: 1_000_000 },
  property: () =>
    fc.property(
      fc.oneof(
        { weight: 3, arbitrary: arbitraryGraph.map((graph) => ({ graph })) },
        { weight: 1, arbitrary: arbitraryVersions.map((versions) => ({ versions })) },
      ),
      (given) => {
        if ('graph' in given) comesBack(given.graph);
        else patchComesBack(buildGraph(given.versions[0]), buildGraph(given.versions[1]));
      },
    ),
};

function comesBack(graph: unknown): void {
  const text = encode(graph, options);
  assert(!/[\n\r]/.test(text), 'the text has a line break');
  JSON.parse(text);
  const back = decode(text, options);
  assert(isIsomorphic(back, graph), 'another graph came back');
  assert.equal(encode(back, options), text, 'what came back has another text');
  const canonical = encodeCanonical(graph, options);
  const backFromCanonical = decode(canonical, options);
  assert(isIsomorphic(backFromCanonical, graph), 'another graph came back from the canonical text');
  assert.equal(encodeCanonical(back, options), canonical, 'an equal graph has another canonical text');
  assert.equal(encodeCanonical(backFromCanonical, options), canonical, 'an equal graph has another canonical text');
}

function patchComesBack(a: unknown, b: unknown): void {
  const text = encodePatch(compareGraphs(takeBenchmark(a, options), b, options), options);
  const back = decodePatch(text, options);
  assert.equal(encodePatch(back, options), text, 'another patch came back');
  assert(isIsomorphic(applyPatch(a, back, options), b), 'the patch that came back leads elsewhere');
}
