import { beforeEach, describe, expect, it } from 'vitest';
import { cartOf, TwoNodes, type Cart } from './two-nodes.fixture.js';

let nodes: TwoNodes;
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ a, b } = nodes);
});

describe('a removed attribute', () => {
  it('is no change where nothing is stored of it', async () => {
    const key = await nodes.begun();
    const before = a.engine.figures;
    await a.unit(key, (u) => u.delete('note'));
    const { messages, changed } = a.engine.figures;
    expect({ messages, changed }).toEqual({ messages: before.messages, changed: before.changed });
  });

  it('keeps what is done to it afterwards', async () => {
    const key = await nodes.begun((cart) => cart.add('tea'));
    await a.unit(key, (u) => {
      u.delete('cart');
      cartOf(u).add('milk');
    });
    const skus = ((await b.open(key)).read('cart') as Cart).lines.map(({ sku }) => sku);
    expect(skus).toEqual(['milk']);
  });

  it('is removed once, not again by the next commit', async () => {
    const key = await nodes.begun((cart) => cart.add('tea'));
    await a.unit(key, async (u) => {
      u.delete('cart');
      await u.commit();
      await b.unit(key, (other) => cartOf(other).add('milk'));
      u.set('note', 'x');
    });
    expect(((await b.open(key)).read('cart') as Cart).lines).toHaveLength(1);
  });

  it('is decided by its merge policy when somebody has changed it', async () => {
    const key = await nodes.begun();
    await a.unit(key, (u) => u.set('visits', 5));
    const removing = await a.open(key);
    removing.delete('visits');
    await b.unit(key, (u) => u.update('visits', (n) => (n as number) + 1));
    await removing.finish();
    expect((await b.open(key)).read('visits')).toBe(1);
  });
});
