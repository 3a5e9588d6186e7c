import { Controller, Inject } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { CurrentSession, ReadOnlySession, SessionAttr, type SessionState } from 'nest-session-sync';
import { Cart, CART_COMMITS, CommitFeed, PRICE_CART, ShopSession, type CommitEntry, type PriceAnswer } from 'shop';
import { unitCentsOf } from './price-list.js';

export const NODE_NAME = Symbol('name of this process');

/** Prices carts: the session of the gateway's request, with the same decorators as there. */
@Controller()
export class PricingController {
  constructor(
    @Inject(NODE_NAME) private readonly node: string,
    private readonly commits: CommitFeed,
  ) {}

  @MessagePattern(PRICE_CART)
  price(@SessionAttr(ShopSession, 'cart', { mutable: true }) cart: Cart): PriceAnswer {
    const unpriced = cart.lines.filter((line) => line.unitCents === null);
    for (const line of unpriced) line.unitCents = unitCentsOf(line.sku);
    return { priced: unpriced.length, node: this.node };
  }

  @MessagePattern(CART_COMMITS)
  @ReadOnlySession()
  listCommits(@CurrentSession() session: SessionState<ShopSession>): readonly CommitEntry[] {
    return this.commits.of(session.key);
  }
}
