import { describe, expect, it } from 'vitest';
import type { AttributeMerge } from '../core/access/index.js';
import { failureOf, nodesWith } from './options.fixture.js';

interface Flags {
  bytes: Uint8Array;
  pad: string;
}

const orOnto = (target: Flags, other: Flags): Flags => {
  for (const [i, byte] of other.bytes.entries()) target.bytes[i] = (target.bytes[i] ?? 0) | byte;
  return target;
};

const ways: [string, (base: Flags, ours: Flags, theirs: Flags) => Flags][] = [
  ['theirs', (_, ours, theirs) => orOnto(theirs, ours)],
  ['ours', (_, ours, theirs) => orOnto(ours, theirs)],
  ['base', (base, ours, theirs) => orOnto(orOnto(base, ours), theirs)],
];

describe('a merge function that writes into the bytes it is given', () => {
  it.each(ways.flatMap(([name, merge]) => [[name, 'function', merge] as const, [name, 'policy', { merge }] as const]))(
    'as %s of a %s reaches nothing but its own copy',
    async (_, __, merge) => {
      const { a, b } = nodesWith(
        { mutable: true, merge: merge as AttributeMerge },
        { bytes: new Uint8Array(4), pad: '' },
      );
      const { key } = await a.unit(undefined, (u) => void ((u.mutate('x') as Flags).pad = 'p'.repeat(200)));
      const [one, two] = [await a.open(key), await b.open(key)];
      (one.mutate('x') as Flags).bytes[0] = 1;
      (two.mutate('x') as Flags).bytes[1] = 1;
      await one.finish();
      expect(await failureOf(two.finish())).toBeUndefined();
      for (const node of [a, b]) {
        expect([...((await node.open(key)).read('x') as Flags).bytes]).toEqual([1, 1, 0, 0]);
      }
    },
  );
});
