import {
  applyPatch,
  compareGraphs,
  createClassCatalog,
  makeWorkingCopy,
  takeBenchmark,
  type CatalogClass,
  type GraphOptions,
  type Patch,
} from 'nest-session-sync/core';
import type { Found, Library } from './library.js';
import { Line } from '../line.js';
import type { Probe } from './probe.js';

/** The three ways in which it meets a value: changed in place, handed out as a working copy, assigned. */
export const ours: Library = {
  name: 'nest-session-sync',
  claims: ['json', 'values', 'date', 'regexp', 'collections', 'classes', 'cycles', 'graphs'],
  examine: (probe) => [inPlace(probe), workingCopy(probe), assigned(probe)],
};

function inPlace(probe: Probe): Found {
  const options = optionsFor(probe);
  const value = probe.make();
  const benchmark = takeBenchmark(value, options);
  probe.change?.(value);
  return found(compareGraphs(benchmark, value, options), options);
}

function workingCopy(probe: Probe): Found {
  const options = optionsFor(probe);
  const { value, benchmark } = makeWorkingCopy(takeBenchmark(probe.make(), options));
  probe.change?.(value as object);
  return found(compareGraphs(benchmark, value, options), options);
}

function assigned(probe: Probe): Found {
  const options = optionsFor(probe);
  const value = probe.make();
  probe.change?.(value);
  return found(compareGraphs(takeBenchmark(probe.make(), options), value, options), options);
}

function found(patch: Patch, options: GraphOptions): Found {
  return { changes: patch.length, replay: (before) => applyPatch(before, patch, options) };
}

function optionsFor({ prototype }: Probe): GraphOptions {
  const line: CatalogClass = { name: 'Line', prototype: Line.prototype };
  const ofProbe: CatalogClass[] = prototype === undefined ? [] : [{ name: 'Counting', prototype }];
  return { classes: createClassCatalog([line, ...ofProbe]) };
}
