import 'reflect-metadata';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Injectable,
  ParseIntPipe,
  Post,
  type PipeTransform,
} from '@nestjs/common';
import { ClientProxy, MessagePattern } from '@nestjs/microservices';
import { Type } from 'class-transformer';
import {
  Counter,
  CurrentSession,
  ReadOnlySession,
  SessionAttr,
  SessionLock,
  SessionState,
  SessionSync,
} from 'nest-session-sync';
import type { DeepReadonly } from 'nest-session-sync';
import { firstValueFrom } from 'rxjs';

// What users are told to write, as they are told to write it: each form once.

class Line {
  constructor(
    public sku = '',
    public qty = 1,
  ) {}
}

export class Cart {
  @Type(() => Line) lines: Line[] = [];
  add(sku: string, qty = 1) {
    this.lines.push(new Line(sku, qty));
  }
}

export class ShopSession {
  @SessionAttr() userId?: string;
  @SessionAttr() locale: string = 'en';
  @SessionAttr({ mutable: true }) cart: Cart = new Cart();
  @SessionAttr({ mutable: true, type: () => Date }) lastSeen: Date | null = null;
  @SessionAttr({ merge: Counter }) visits: number = 0;
}

class ItemDto {
  readonly sku!: string;
}

@Injectable()
class LineCount implements PipeTransform<DeepReadonly<Cart>, number> {
  transform(cart: DeepReadonly<Cart>) {
    return cart.lines.length;
  }
}

@Controller('cart')
export class CartController {
  constructor(private readonly session: SessionState<ShopSession>) {}

  @Post('items')
  add(@Body() item: ItemDto, @SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add(item.sku);
    return cart;
  }

  @Get()
  @ReadOnlySession()
  show(@SessionAttr('cart') cart: DeepReadonly<Cart>) {
    return cart;
  }

  @Get('checked')
  checked(@SessionAttr(ShopSession, 'cart') cart: DeepReadonly<Cart>) {
    return { isCart: cart instanceof Cart };
  }

  @Get('piped')
  piped(
    @SessionAttr('cart', LineCount) lines: number,
    @SessionAttr(ShopSession, 'cart', { mutable: true }, new LineCount()) mutable: number,
    @SessionAttr('visits', {}, ParseIntPipe) visits: number,
  ) {
    return { lines, mutable, visits };
  }

  @Post('checkout')
  @HttpCode(200)
  @SessionLock('optimistic')
  async checkout() {
    const cart = this.session.mutate('cart');
    cart.add('receipt');
    this.session.set('userId', 'ann');
    this.session.set('lastSeen', new Date(0));
    this.session.update('visits', (visits) => visits + 1);
    await this.session.regenerate();
    this.session.delete('locale');
    await this.session.commit();
    this.session.set('locale', 'given up');
    await this.session.reload();
    const { key, isNew, revision, expiresAt } = this.session;
    return {
      key,
      isNew,
      revision,
      lives: expiresAt !== undefined,
      locale: this.session.read('locale'),
      lastSeen: this.session.read('lastSeen')?.getTime(),
      lines: this.session.read('cart').lines.length,
    };
  }

  @Post('sign-out')
  async signOut() {
    await this.session.end('signed out');
  }
}

/** A singleton: nobody pays for request scope who doesn't ask for it. */
@Injectable()
export class Visits {
  constructor(
    private readonly shop: ShopSession,
    private readonly sessionSync: SessionSync,
  ) {}

  count() {
    this.shop.visits += 1;
    this.shop.cart.add('flyer');
    return {
      isShopSession: this.shop instanceof ShopSession,
      visits: this.sessionSync.current<ShopSession>().read('visits'),
    };
  }

  undeclared(): string {
    try {
      Object.assign(this.shop, { colour: 'red' });
      return 'written';
    } catch (error) {
      return (error as Error).name;
    }
  }
}

@Controller('visits')
export class VisitsController {
  constructor(
    private readonly visits: Visits,
    @Inject('CART') private readonly carts: ClientProxy,
  ) {}

  @Post()
  count() {
    return this.visits.count();
  }

  @Post('undeclared')
  undeclared() {
    return this.visits.undeclared();
  }

  @Get()
  current(@CurrentSession() s: SessionState<ShopSession>) {
    return { visits: s.read('visits') };
  }

  @Post('price')
  async price(@CurrentSession() s: SessionState<ShopSession>) {
    await firstValueFrom(this.carts.send('cart.price', {}));
    return { lines: s.read('cart').lines.map(({ sku }) => sku) };
  }
}

@Controller()
export class CartMessages {
  @MessagePattern('cart.price')
  price(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('priced');
    return { lines: cart.lines.length };
  }
}
