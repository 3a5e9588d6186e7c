import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CurrentSession, ReadOnlySession, SessionAttr, type DeepReadonly, type SessionState } from 'nest-session-sync';
import { Cart, ShopSession } from 'shop';
import { CartService } from './cart-service.js';
import { cartView, type CartView } from './cart-view.js';
import { LineIdPipe } from './line-id.pipe.js';
import { LineOrderPipe, type LineOrder } from './line-order.js';

/** The cart. Handlers take the attribute they work on: mutable to change it, else for reading. */
@Controller('api/cart')
export class CartController {
  constructor(private readonly cartService: CartService) {}

  @Get()
  @ReadOnlySession()
  show(@SessionAttr(ShopSession, 'cart') cart: DeepReadonly<Cart>): CartView {
    return cartView(cart);
  }

  /** Adds to a product's line, or takes away from it. */
  @Post('lines')
  @HttpCode(200)
  add(
    @Body(LineOrderPipe) { sku, quantity }: LineOrder,
    @SessionAttr(ShopSession, 'cart', { mutable: true }) cart: Cart,
  ): CartView {
    cart.add(sku, quantity);
    return cartView(cart);
  }

  /** Says how a line stands, under an id the client chose: repeating it is harmless. */
  @Put('lines/:id')
  put(
    @Param('id', LineIdPipe) id: string,
    @Body(LineOrderPipe) { sku, quantity }: LineOrder,
    @SessionAttr(ShopSession, 'cart', { mutable: true }) cart: Cart,
  ): { readonly lines: number } {
    cart.put(id, sku, quantity);
    return { lines: cart.lines.length };
  }

  @Delete('lines/:id')
  remove(
    @Param('id', LineIdPipe) id: string,
    @SessionAttr(ShopSession, 'cart', { mutable: true }) cart: Cart,
  ): CartView {
    cart.remove(id);
    return cartView(cart);
  }

  /** Has the cart service write prices into this session, and sees them when the call returns. */
  @Post('price')
  @HttpCode(200)
  async price(@CurrentSession() session: SessionState<ShopSession>): Promise<CartView> {
    if (session.read('cart').lines.length > 0) await this.cartService.price();
    return cartView(session.read('cart'));
  }
}
