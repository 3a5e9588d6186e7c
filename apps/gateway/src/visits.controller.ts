import { Controller, HttpCode, Post } from '@nestjs/common';
import { ShopSession } from 'shop';

/** Counts visits. Injects the session class itself: this controller is a singleton, and each request meets its session. */
@Controller('api/visits')
export class VisitsController {
  constructor(private readonly session: ShopSession) {}

  @Post()
  @HttpCode(200)
  visit(): { readonly visits: number } {
    this.session.visits += 1;
    return { visits: this.session.visits };
  }
}
