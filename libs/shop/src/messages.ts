/** What gateway and cart service say to each other over NATS. The session travels beside the message, never in it. */

/** Asks the cart service to write prices into the session's cart. */
export const PRICE_CART = 'cart.price';

export interface PriceAnswer {
  /** Lines that got a price now. */
  readonly priced: number;
  /** The process that answered. */
  readonly node: string;
}

/** Asks the cart service what it committed to the session lately: `CommitEntry[]`. */
export const CART_COMMITS = 'cart.commits';
