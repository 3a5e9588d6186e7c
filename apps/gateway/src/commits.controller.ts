import { Controller, Get } from '@nestjs/common';
import { CurrentSession, ReadOnlySession, type SessionState } from 'nest-session-sync';
import { CommitFeed, type CommitEntry, type ShopSession } from 'shop';
import { CartService } from './cart/cart-service.js';

/** What this node and the cart service committed to the visitor's session lately, the oldest first. */
@Controller('api/commits')
export class CommitsController {
  constructor(
    private readonly commits: CommitFeed,
    private readonly cartService: CartService,
  ) {}

  @Get()
  @ReadOnlySession()
  async list(@CurrentSession() session: SessionState<ShopSession>): Promise<readonly CommitEntry[]> {
    if (session.isNew) return [];
    const all = [...this.commits.of(session.key), ...(await this.cartService.commits())];
    return all.sort((a, b) => a.revision - b.revision);
  }
}
