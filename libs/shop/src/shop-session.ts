import { Counter, SessionAttr } from 'nest-session-sync';
import { Cart } from './cart.js';

/** What the shop remembers of a visitor: read and changed by both gateways and by the cart service. */
export class ShopSession {
  /** Who signed in; undefined for everybody else. An immutable value: only assigning it is a write. */
  @SessionAttr() userId?: string;

  @SessionAttr() locale: string = 'en';

  /** Handing it out for change is a mutable access: it is compared with what was there, and the difference committed. */
  @SessionAttr({ mutable: true }) cart: Cart = new Cart();

  /** Increments made at the same time, wherever, all count. */
  @SessionAttr({ merge: Counter }) visits: number = 0;
}
