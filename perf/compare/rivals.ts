import equal from 'fast-deep-equal';
import fastJsonPatch from 'fast-json-patch';
import microdiff from 'microdiff';
import { create } from 'mutative';
import { compareGraphs, makeWorkingCopy, takeBenchmark } from 'nest-session-sync/core';
import type { Work } from '../cpu-duel.js';
import { changerOf, copyOfCart, type Cart } from '../session-data.js';
import { walk } from './walk.js';

export interface Rival {
  readonly name: string;
  readonly work: Work;
  /** How many changes each call must find (a walk: nodes; those that only tell equal from unequal: 0 or 1). */
  readonly finds: number;
}

/** Makes a cart that nobody else holds. */
export type MakeCart = () => Cart;

/** As the engine does it: a working copy, changed in place, compared with the benchmark it was made from. */
export function oursInPlace(cart: MakeCart, numbers: readonly number[]): Rival {
  const { value, benchmark } = makeWorkingCopy(takeBenchmark(cart()));
  const change = changerOf(value as Cart, numbers);
  return {
    name: 'nest-session-sync',
    finds: numbers.length,
    work: () => {
      change();
      return compareGraphs(benchmark, value).length;
    },
  };
}

/** A value that was assigned: equal to the benchmark's, in objects it has never seen. */
export function oursInOtherObjects(cart: MakeCart): Rival {
  const before = cart();
  const benchmark = takeBenchmark(before);
  const assigned = copyOfCart(before);
  return { name: 'nest-session-sync', finds: 0, work: () => compareGraphs(benchmark, assigned).length };
}

/** All whose answer has a meaning for so much change; they compare with a copy they were given beforehand, for free. */
export function peersOf(cart: MakeCart, numbers: readonly number[]): Rival[] {
  const before = cart();
  const after = copyOfCart(before);
  const change = changerOf(after, numbers);
  const text = JSON.stringify(before);
  const changes = numbers.length;
  const isChanged = Math.min(changes, 1);
  const compared = (name: string, finds: number, work: Work): Rival => ({
    name,
    finds,
    work: () => {
      change();
      return work();
    },
  });
  return [
    compared('fast-json-patch', changes, () => fastJsonPatch.compare(before, after).length),
    compared('microdiff', changes, () => microdiff(before, after).length),
    compared('read-only walk', walk(before), () => walk(after)),
    compared('JSON.stringify, equal or not', isChanged, () => Number(JSON.stringify(after) !== text)),
    changes === 0
      ? compared('fast-deep-equal, equal or not', 0, () => Number(!equal(before, after)))
      : mutative(before, numbers),
  ];
}

/** A draft, the same changes made through it, and their patches: what takes the place of a comparison there. */
function mutative(before: Cart, numbers: readonly number[]): Rival {
  return {
    name: 'mutative, changes and patches',
    finds: numbers.length,
    work: () => {
      const [, patches] = create(before, (draft) => changerOf(draft, numbers)(), { enablePatches: true });
      return patches.length;
    },
  };
}
