import { describe, expect, it } from 'vitest';
import { decodePatch, encodePatch } from '../codec/index.js';
import { AttributeDecodeError, PatchMismatchError } from '../errors/index.js';
import { cloneGraph, compareGraphs, freezeGraph, takeBenchmark } from '../graph/index.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { applyPatch, applyPatchToFrozen, mergeOnto, mergeThreeWay, ObjectAt, type Patch, ViewAt } from './index.js';

interface Image {
  pixels: Uint8Array;
  [name: string]: unknown;
}

const image = (): Image => ({ pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) });
const withViews = (change: (copy: Image) => void): Image => {
  const copy = image();
  change(copy);
  return copy;
};

describe('a new view onto bytes that another view keeps', () => {
  it('costs no bytes, in place or in a copy, and comes back from text', () => {
    for (const isCopied of [false, true]) {
      const value = image();
      const benchmark = takeBenchmark(isCopied ? image() : value);
      value['head'] = new Uint16Array(value.pixels.buffer, 2, 3);
      const text = encodePatch(compareGraphs(benchmark, value));
      expect(text).toBe('[["set",["head"],{"$view":["Uint16Array",{"$at":["pixels",{"buffer":true}]},2,3]}]]');
      expect(isIsomorphic(applyPatch<Image>(image(), decodePatch(text)), value)).toBe(true);
      const frozen = freezeGraph(image());
      expect(isIsomorphic(applyPatchToFrozen<Image>(frozen, decodePatch(text)), value)).toBe(true);
      expect(Object.keys(frozen)).toEqual(['pixels']);
    }
  });

  it('is one object where it is put twice, and deep in something new', () => {
    const value = image();
    const benchmark = takeBenchmark(value);
    const view = new DataView(value.pixels.buffer, 4);
    value['parts'] = [{ view }, { view }];
    const text = encodePatch(compareGraphs(benchmark, value));
    expect(text).toContain('{"$def":[1,{"$view":["DataView",{"$at":');
    expect(isIsomorphic(applyPatch<Image>(image(), decodePatch(text)), value)).toBe(true);
  });

  it('may outlive the first', () => {
    const first = Uint8Array.of(1, 2);
    const value: { a?: Uint8Array; b: { c?: Uint8Array } } = { a: first, b: {} };
    const before = cloneGraph(value);
    const benchmark = takeBenchmark(value);
    value.b.c = new Uint8Array(first.buffer, 1, 1);
    delete value.a;
    value.b.c[0] = 9;
    expect(isIsomorphic(applyPatch(before, compareGraphs(benchmark, value)), value)).toBe(true);
  });

  it.each<[string, string, number, number]>([
    ['outside of the bytes', 'Uint8Array', 7, 2],
    ['at an offset between elements', 'Uint16Array', 1, 1],
    ['of an unknown class', 'Array', 0, 1],
  ])('is refused %s', (_, className, offset, length) => {
    const view = new ViewAt(new ObjectAt(['pixels', { buffer: true }]), className, offset, length);
    const patch: Patch = [{ op: 'set', path: ['x'], value: view }];
    expect(() => applyPatch<object>(image(), patch)).toThrow(PatchMismatchError);
  });

  it('is refused onto something else than bytes', () => {
    const patch = decodePatch('[["set",["x"],{"$view":["Uint8Array",{"$at":["pixels"]},0,1]}]]');
    expect(() => applyPatch<object>(image(), patch)).toThrow(PatchMismatchError);
    expect(() => decodePatch('[["set",["x"],{"$view":["Array",{"$at":["pixels"]},0,1]}]]')).toThrow(
      AttributeDecodeError,
    );
  });

  it('adds up with what the other side does to the bytes and the views onto them', () => {
    const ours = withViews((copy) => (copy['head'] = new Uint8Array(copy.pixels.buffer, 0, 2)));
    const theirs = withViews((copy) => {
      copy['tail'] = new DataView(copy.pixels.buffer, 6);
      copy.pixels[0] = 9;
    });
    const both = withViews((copy) => {
      copy['head'] = new Uint8Array(copy.pixels.buffer, 0, 2);
      copy['tail'] = new DataView(copy.pixels.buffer, 6);
      copy.pixels[0] = 9;
    });
    for (const sides of [[ours, theirs] as const, [theirs, ours] as const]) {
      const merged = mergeThreeWay(image(), ...sides);
      expect(merged.ok && isIsomorphic(merged.value, both)).toBe(true);
    }
    const [base, other] = [freezeGraph(image()), freezeGraph(cloneGraph(theirs))];
    const rebased = mergeOnto(base, compareGraphs(takeBenchmark(base), ours), other);
    expect(rebased.ok && isIsomorphic(applyPatchToFrozen(other, rebased.patch), both)).toBe(true);
  });
});
