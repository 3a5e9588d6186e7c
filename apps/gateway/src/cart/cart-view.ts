import type { DeepReadonly } from 'nest-session-sync';
import { findProduct, type Cart } from 'shop';

export interface LineView {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitCents: number | null;
}

export interface CartView {
  readonly lines: readonly LineView[];
  readonly totalCents: number | null;
}

/** The cart as clients see it. */
export function cartView(cart: DeepReadonly<Cart>): CartView {
  const lines = cart.lines.map(({ id, sku, quantity, unitCents }) => {
    return { id, sku, name: findProduct(sku)?.name ?? sku, quantity, unitCents };
  });
  return { lines, totalCents: cart.totalCents };
}
