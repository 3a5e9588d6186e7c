import 'reflect-metadata';
import { Type } from 'class-transformer';
import { declareAttribute } from '../core/access/index.js';
import { Counter } from '../core/patch/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { FaultySessionLog, ManualClock, MemorySessionLog } from '../memory/index.js';
import { MemoryNode } from '../testing/memory-node.js';
import { HookedLog } from './hooked-log.fixture.js';

export class Line {
  sku = '';
  qty = 0;
}

export class Cart {
  lines: Line[] = [];

  add(sku: string, qty = 1): void {
    this.lines.push(Object.assign(new Line(), { sku, qty }));
  }
}
Type(() => Line)(Cart.prototype, 'lines');

export class Shop {
  userId: string | undefined;
  locale = 'en';
  cart = new Cart();
  visits = 0;
  tags = new Map<string, Date>();
  note = '';
  theme = 'light';
}
declareAttribute(Shop.prototype, 'userId', {}, String);
declareAttribute(Shop.prototype, 'locale', {}, String);
declareAttribute(Shop.prototype, 'cart', { mutable: true }, Cart);
declareAttribute(Shop.prototype, 'visits', { merge: Counter }, Number);
declareAttribute(Shop.prototype, 'tags', { mutable: true }, Map);
declareAttribute(Shop.prototype, 'note', {}, String);
declareAttribute(Shop.prototype, 'theme', { merge: 'lastWriteWins' }, String);

export function cartOf(unit: { mutate(name: string): unknown }): Cart {
  return unit.mutate('cart') as Cart;
}

/** More than 4 KiB, so that commits go out as deltas. */
export function large(cart: Cart): void {
  for (let i = 0; i < 200; i++) cart.add(`sku-${i}`, 1);
}

/** Two nodes on one log whose faults and time a test decides. */
export class TwoNodes {
  readonly clock = new ManualClock();
  readonly hooks = new HookedLog(new MemorySessionLog({ clock: this.clock }));
  readonly log = new FaultySessionLog(this.hooks);
  readonly a = new MemoryNode(Shop, { log: this.log, clock: this.clock });
  readonly b = new MemoryNode(Shop, { log: this.log, clock: this.clock });

  /** The next message is stored, but nobody hears of it, and the store takes no other: until the function is called. */
  silence(): () => void {
    const { hooks } = this;
    const { length } = hooks.appended;
    hooks.insteadOfAppend = () =>
      hooks.appended.length > length + 1 ? { kind: 'unavailable', what: 'silenced' } : undefined;
    hooks.afterAppend = () => ({ kind: 'ambiguous', what: 'silenced' });
    return () => {
      hooks.insteadOfAppend = () => undefined;
      hooks.afterAppend = (outcome) => outcome;
    };
  }

  /** A session that node a has stored. */
  async begun(fill?: (cart: Cart) => void): Promise<SessionKey> {
    const unit = await this.a.unit(undefined, (u) => {
      u.set('userId', 'ada');
      fill?.(cartOf(u));
    });
    if (unit.key === undefined) throw new Error('nothing was stored');
    return unit.key;
  }
}
