import deepDiff from 'deep-diff';
import fastJsonPatch from 'fast-json-patch';
import * as immer from 'immer';
import * as jsondiffpatch from 'jsondiffpatch';
import { diff as justDiff } from 'just-diff';
import microdiff from 'microdiff';
import * as mutative from 'mutative';
import * as rfc6902 from 'rfc6902';
import type { Found, Library, Need } from './library.js';
import { Line } from '../line.js';
import type { Probe } from './probe.js';

/** The libraries that compare two values, and two whose drafts record changes. */
export function peers(): readonly Library[] {
  return [
    comparing('microdiff', ['json', 'date', 'regexp', 'cycles'], (before, after) => ({
      changes: microdiff(before, after).length,
    })),
    comparing('fast-json-patch', ['json'], (before, after) => {
      const patch = fastJsonPatch.compare(before, after);
      return { changes: patch.length, replay: (value) => fastJsonPatch.applyPatch(value, patch).newDocument };
    }),
    comparing('deep-diff', ['json', 'date', 'regexp', 'cycles'], byDeepDiff),
    comparing('jsondiffpatch', ['json', 'date', 'regexp'], byJsonDiffPatch),
    comparing('rfc6902', ['json'], byRfc6902),
    comparing('just-diff', ['json'], (before, after) => ({ changes: justDiff(before, after).length })),
    drafting('immer', immerDraft()),
    drafting('mutative', ({ make, change }) => {
      const mark = (value: unknown): 'immutable' | undefined => (value instanceof Line ? 'immutable' : undefined);
      const record = (draft: object): void => {
        change?.(draft);
      };
      const [, patches] = mutative.create(make(), record, { enablePatches: true, mark });
      return { changes: patches.length, replay: (value) => mutative.apply(value, patches, { mark }) };
    }),
  ];
}

function comparing(name: string, claims: readonly Need[], compare: (before: object, after: object) => Found): Library {
  const examine = ({ make, change }: Probe): Found[] => {
    const after = make();
    change?.(after);
    return [compare(make(), after)];
  };
  return { name, claims, examine };
}

function drafting(name: string, record: (probe: Probe) => Found): Library {
  const claims: readonly Need[] = ['json', 'values', 'collections', 'classes'];
  return { name, claims, examine: (probe) => [record(probe)] };
}

function byDeepDiff(before: object, after: object): Found {
  const differences = deepDiff.diff(before, after) ?? [];
  const replay = (value: object): object => {
    for (const difference of differences) deepDiff.applyChange(value, after, difference);
    return value;
  };
  return { changes: differences.length, replay };
}

/** With the ids of rows made known, without which it can't find one of them again. */
function byJsonDiffPatch(before: object, after: object): Found {
  const patcher = jsondiffpatch.create({ objectHash: (item, index) => ('id' in item ? String(item.id) : `#${index}`) });
  const delta = patcher.diff(before, after);
  return { changes: leavesOf(delta), replay: (value) => patcher.patch(value, delta) };
}

/** A delta is a tree whose leaves are arrays; `_t` marks the delta of an array. */
function leavesOf(delta: unknown): number {
  if (Array.isArray(delta)) return 1;
  if (typeof delta !== 'object' || delta === null) return 0;
  return Object.values(delta).reduce((sum: number, part: unknown) => sum + leavesOf(part), 0);
}

function byRfc6902(before: object, after: object): Found {
  const patch = rfc6902.createPatch(before, after);
  const replay = (value: object): object => {
    const failed = rfc6902.applyPatch(value, patch).find((error) => error !== null);
    if (failed !== undefined) throw failed;
    return value;
  };
  return { changes: patch.length, replay };
}

function immerDraft(): (probe: Probe) => Found {
  immer.enablePatches();
  immer.enableMapSet();
  Object.defineProperty(Line.prototype, immer.immerable, { value: true });
  return ({ make, change }) => {
    const [, patches] = immer.produceWithPatches(make(), (draft) => {
      change?.(draft);
    });
    return { changes: patches.length, replay: (value) => immer.applyPatches(value, patches) };
  };
}
