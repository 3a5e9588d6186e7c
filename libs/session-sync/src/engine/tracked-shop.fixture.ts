import 'reflect-metadata';
import { Type } from 'class-transformer';
import { declareAttribute } from '../core/access/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { MemoryNode } from '../testing/memory-node.js';
import type { UnitOfWork } from './unit-of-work.js';

export class Line {
  sku = '';
  qty = 0;
  notes = new Map<string, unknown>();

  add(qty: number): void {
    this.qty += qty;
  }
}

export class Cart {
  lines: Line[] = [];
  since: Date | null = null;
  bytes = new Uint8Array(4);
  extra: Record<string, unknown> = {};

  put(sku: string): Line {
    const line = Object.assign(new Line(), { sku });
    this.lines.push(line);
    return line;
  }
}
Type(() => Line)(Cart.prototype, 'lines');
Type(() => Date)(Cart.prototype, 'since');

export class Shop {
  read = new Cart();
  proxy = new Cart();
  all = new Cart();
  copy: unknown = undefined;
  other: Record<string, unknown> = {};
  huge: Record<string, unknown> = {};
}
declareAttribute(Shop.prototype, 'read', { mutable: true }, Cart);
declareAttribute(Shop.prototype, 'proxy', { mutable: true, track: 'proxy' }, Cart);
declareAttribute(Shop.prototype, 'all', { mutable: true, track: 'all' }, Cart);
declareAttribute(Shop.prototype, 'copy', {}, Object);
declareAttribute(Shop.prototype, 'other', { mutable: true }, Object);
declareAttribute(Shop.prototype, 'huge', { mutable: true, track: 'proxy' }, Object);

/** An attribute of each policy that hands something out for change. */
export type Policy = 'read' | 'proxy' | 'all';

export const cartOf = (unit: UnitOfWork, name: Policy): Cart => unit.mutate(name) as Cart;

/** A node, and a session with two lines in each cart. */
export async function begunShop(): Promise<{ readonly node: MemoryNode; readonly key: SessionKey }> {
  const node = new MemoryNode(Shop);
  const { key } = await node.unit(undefined, (unit) => {
    for (const name of ['read', 'proxy', 'all'] as const) {
      const cart = new Cart();
      cart.put('tea').qty = 1;
      cart.put('milk').qty = 2;
      cart.since = new Date(1000);
      unit.set(name, cart);
    }
  });
  if (key === undefined) throw new Error('nothing was stored');
  node.commits.length = 0;
  return { node, key };
}
