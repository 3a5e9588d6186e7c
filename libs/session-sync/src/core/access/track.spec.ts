import { describe, expect, expectTypeOf, it } from 'vitest';
import { AbandonedObjectError, InvalidOptionsError, UnsupportedValueError } from '../errors/index.js';
import { createClassCatalog } from '../graph/index.js';
import { applyPatch } from '../patch/index.js';
import { track } from './track.js';

const cart = () => ({ lines: [{ sku: 'tea', qty: 1 }], since: new Date(0), tags: new Map([['a', new Set([1])]]) });

describe('track', () => {
  it('finds what was pushed, and nothing after a commit', () => {
    const tracker = track({ cart: { lines: [{ sku: 'tea', qty: 1 }] }, locale: 'en' }, { locale: 'set' });
    tracker.values.cart.lines.push({ sku: 'milk', qty: 2 });
    expect(tracker.candidates).toEqual(['cart']);
    expect(tracker.changes().get('cart')).toEqual([
      { op: 'splice', path: ['lines'], index: 1, remove: 0, items: [{ sku: 'milk', qty: 2 }] },
    ]);
    tracker.commit();
    expect(tracker.changes().size).toBe(0);
  });

  it.each(['read', 'proxy', 'all'] as const)('finds what is changed in place, and assigned, under %s', (policy) => {
    const tracker = track({ a: cart(), b: cart() }, { a: policy, b: policy });
    const before = cart();
    const { a } = tracker.values;
    a.lines[0]!.qty = 5;
    a.since.setTime(7);
    a.tags.get('a')?.add(2);
    expect(tracker.candidates).toEqual(['a']);
    const patch = tracker.changes().get('a') ?? [];
    expect(applyPatch(before, patch)).toEqual({
      lines: [{ sku: 'tea', qty: 5 }],
      since: new Date(7),
      tags: new Map([['a', new Set([1, 2])]]),
    });
    tracker.commit();
    expect(tracker.changes().size).toBe(0);
    tracker.values.b = { ...cart(), since: new Date(9) };
    expect([...tracker.changes()]).toEqual([['b', [{ op: 'set', path: ['since'], value: new Date(9) }]]]);
    tracker.values.a.lines.length = 0;
    expect([...tracker.changes().keys()]).toEqual(['a', 'b']);
    tracker.commit();
    expect(tracker.changes().size).toBe(0);
  });

  it('hands out the very object under read, a frozen copy under set, proxies of a copy under proxy', () => {
    const given = { read: cart(), set: cart(), proxy: cart() };
    const { values } = track(given, { set: 'set', proxy: 'proxy' });
    expect(values.read).toBe(given.read);
    expect(Object.isFrozen(values.set.lines[0])).toBe(true);
    values.proxy.lines.pop();
    expect(given.proxy.lines).toHaveLength(1);
    expect(given.set).toEqual(cart());
    expect(Object.isFrozen(given.set)).toBe(false);
    expectTypeOf(values.set.lines).toEqualTypeOf<readonly { readonly sku: string; readonly qty: number }[]>();
    expectTypeOf(values.proxy.lines).toEqualTypeOf<{ sku: string; qty: number }[]>();
  });

  it('counts only assigning under set, and only writing under proxy', () => {
    const tracker = track({ s: cart(), p: cart(), n: 1 }, { s: 'set', p: 'proxy', n: 'set' });
    JSON.stringify([tracker.values.s, tracker.values.p, tracker.values.n]);
    expect(tracker.candidates).toEqual([]);
    tracker.values.n = 1;
    tracker.values.p.since.setTime(1);
    expect(tracker.candidates).toEqual(['p', 'n']);
    expect([...tracker.changes().keys()]).toEqual(['p']);
  });

  it('keeps watching what it handed out before a commit; a proxy says that it is given up', () => {
    const tracker = track({ read: cart(), proxy: cart() }, { proxy: 'proxy' });
    const { read, proxy } = tracker.values;
    proxy.lines.pop();
    tracker.commit();
    read.lines.pop();
    expect([...tracker.changes().keys()]).toEqual(['read']);
    expect(() => proxy.lines.push({ sku: 'x', qty: 1 })).toThrow(AbandonedObjectError);
    expect(tracker.values.proxy.lines).toEqual([]);
  });

  it('commits nothing when one of the values cannot be compared', () => {
    const tracker = track<{ a: unknown[]; b: unknown[] }>({ a: [], b: [] });
    tracker.values.a.push(1);
    tracker.values.b.push(() => 1);
    expect(() => {
      tracker.commit();
    }).toThrow(
      new UnsupportedValueError('b[0]', "a function can't be stored: keep data, and make the function from it"),
    );
    tracker.values.b.pop();
    expect([...tracker.changes().keys()]).toEqual(['a']);
  });

  it('takes instances of the classes it is told, and refuses wrong policies and names', () => {
    class Money {
      cents = 0;
    }
    const classes = createClassCatalog([{ name: 'Money', prototype: Money.prototype }]);
    const tracker = track({ price: new Money() }, { price: 'proxy' }, { classes });
    tracker.values.price.cents++;
    expect(tracker.changes().get('price')).toEqual([{ op: 'set', path: ['cents'], value: 1 }]);
    expect(() => track({ price: new Money() })).toThrow(UnsupportedValueError);
    expect(() => track({ a: 1 }, { a: 'write', b: 'read' } as never)).toThrow(InvalidOptionsError);
    expect(() => {
      (tracker.values as Record<string, unknown>)['other'] = 1;
    }).toThrow(TypeError);
  });
});
