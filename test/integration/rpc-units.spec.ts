import { Controller, Get, Inject, Module, Post, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientProxy,
  ClientsModule,
  EventPattern,
  MessagePattern,
  Payload,
  Transport,
  type MicroserviceOptions,
} from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import {
  cookie,
  CurrentSession,
  NoSession,
  SessionAttr,
  SessionClientNats,
  SessionServerNats,
  SessionState,
  SessionSync,
  SessionSyncModule,
} from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { catchError, firstValueFrom, of, type Observable } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import { createSessionSync } from 'nest-session-sync/standalone';
import { listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';
import { until } from '../support/until.js';

const seenByEvent: (number | string)[] = [];

/** Handlers of a microservice that works on the caller's session. */
@Controller()
class CartMessages {
  constructor(private readonly shop: ShopSession) {}

  @MessagePattern('cart.price')
  price(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('gift');
    this.shop.visits += 10;
    return { pieces: cart.pieces };
  }

  @MessagePattern('cart.failing')
  failing(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('lost');
    throw new TypeError('no');
  }

  @MessagePattern('cart.peek')
  peek(@SessionAttr('cart') cart: Cart) {
    return { pieces: cart.pieces };
  }

  // Written out it picks the signature of Nest's decorator that takes parameters of any type.
  // oxlint-disable-next-line typescript/no-unnecessary-type-arguments
  @EventPattern<string>('cart.seen')
  async seen(@Payload() data: { n: number }, @CurrentSession() session: SessionState<ShopSession>) {
    seenByEvent.push(session.read('visits'));
    try {
      session.set('visits', data.n);
      await session.commit();
    } catch (error) {
      seenByEvent.push((error as { code: string }).code);
    }
  }
}

@Controller()
class GatewayController {
  constructor(
    private readonly shop: ShopSession,
    private readonly sync: SessionSync,
    @Inject('CART') private readonly carts: ClientProxy,
  ) {}

  @Post('checkout')
  async checkout() {
    this.shop.cart.add('apple');
    const answer = await firstValueFrom(this.carts.send<{ pieces: number }>('cart.price', {}));
    return { answer, pieces: this.shop.cart.pieces, visits: this.shop.visits };
  }

  @Post('empty-checkout')
  async emptyCheckout() {
    const answer = await firstValueFrom(this.carts.send<{ pieces: number }>('cart.price', {}));
    return { answer, pieces: this.shop.cart.pieces };
  }

  @Post('returned')
  returned(): Observable<unknown> {
    this.shop.cart.add('apple');
    return this.carts.send('cart.price', {});
  }

  @Post('failing')
  async failing() {
    this.shop.cart.add('apple');
    const answer = await firstValueFrom(
      this.carts.send<unknown>('cart.failing', {}).pipe(catchError((error: unknown) => of(error))),
    );
    return { answer, pieces: this.shop.cart.pieces };
  }

  @Post('both')
  async both() {
    const cart = this.shop.cart;
    const call = firstValueFrom(this.carts.send('cart.price', {}));
    cart.add('meanwhile');
    await call;
    return { pieces: this.shop.cart.pieces };
  }

  @Get('cart')
  cart() {
    return { pieces: this.shop.cart.pieces, visits: this.shop.visits };
  }

  @Post('anonymous')
  @NoSession()
  anonymous() {
    return this.carts.send('cart.price', {}).pipe(catchError((error: unknown) => of(error)));
  }

  @Get('anonymous')
  @NoSession()
  peek() {
    return this.carts.send('cart.peek', {});
  }

  @Post('event')
  async event() {
    this.shop.visits = 5;
    await firstValueFrom(this.carts.emit('cart.seen', { n: 1 }), { defaultValue: undefined });
    return this.sync.stats().messages;
  }
}

const servers: { name: string; options: (url: string) => MicroserviceOptions }[] = [
  { name: "Nest's stock NATS server", options: (url) => ({ transport: Transport.NATS, options: { servers: [url] } }) },
  { name: 'SessionServerNats', options: (url) => ({ strategy: new SessionServerNats({ servers: [url] }) }) },
];

describe.each(servers)('a session in a microservice behind $name', ({ options }) => {
  let nats: EmbeddedNats;
  let gateway: RunningApp;
  let service: INestMicroservice;

  beforeAll(async () => {
    nats = await startNats();
    const session = (): ReturnType<typeof SessionSyncModule.forRoot> =>
      SessionSyncModule.forRoot({
        session: ShopSession,
        name,
        nats: { servers: nats.url },
        id: [cookie({ secure: false })],
      });
    const name = randomName('rpc');
    @Module({ imports: [session()], controllers: [CartMessages] })
    class CartModule {}
    @Module({
      imports: [
        session(),
        ClientsModule.register([{ name: 'CART', customClass: SessionClientNats, options: { servers: [nats.url] } }]),
      ],
      controllers: [GatewayController],
    })
    class GatewayModule {}
    service = await NestFactory.createMicroservice<MicroserviceOptions>(CartModule, {
      ...options(nats.url),
      logger: false,
      abortOnError: false,
    });
    await service.listen();
    gateway = await listen(GatewayModule, new ExpressAdapter());
  });

  afterAll(async () => {
    await gateway?.close();
    await service?.close();
    await nats?.stop();
  });

  const client = (): HttpClient => new HttpClient(gateway.url);

  it('shows the callee what the caller modified, and the caller what the callee did', async () => {
    const browser = client();
    await browser.post('/checkout');
    expect((await browser.post('/checkout')).body).toEqual({ answer: { pieces: 4 }, pieces: 4, visits: 20 });
    expect((await browser.get('/cart')).body).toEqual({ pieces: 4, visits: 20 });
  });

  it('lets the callee create a session that only the caller can tell the client of', async () => {
    const browser = client();
    expect((await browser.post('/empty-checkout')).body).toEqual({ answer: { pieces: 1 }, pieces: 1 });
    expect(browser.cookies.has('sid')).toBe(true);
    expect((await browser.get('/cart')).body).toEqual({ pieces: 1, visits: 10 });
  });

  it('takes the session along in an Observable that the handler returns', async () => {
    const browser = client();
    expect((await browser.post('/returned')).body).toEqual({ pieces: 2 });
    expect((await browser.get('/cart')).body).toEqual({ pieces: 2, visits: 10 });
  });

  it('merges what caller and callee did at the same time', async () => {
    const browser = client();
    await browser.post('/checkout');
    expect((await browser.post('/both')).status).toBe(201);
    expect((await browser.get('/cart')).body).toMatchObject({ pieces: 4 });
  });

  it('stores nothing of a handler that throws, and goes on', async () => {
    const browser = client();
    expect((await browser.post('/failing')).body).toMatchObject({ answer: { status: 'error' }, pieces: 1 });
    expect((await browser.get('/cart')).body).toEqual({ pieces: 1, visits: 0 });
  });

  it('reads defaults in a message without a session, and refuses to store with a typed error', async () => {
    expect((await client().get('/anonymous')).body).toEqual({ pieces: 0 });
    expect((await client().post('/anonymous')).body).toMatchObject({ status: 'error', code: 'NO_UNIT' });
  });

  it('sends events without the session', async () => {
    seenByEvent.length = 0;
    await client().post('/event');
    await until(() => seenByEvent.length === 2, 'the event was handled');
    expect(seenByEvent).toEqual([0, 'NO_UNIT']);
  });
});

describe('one application with HTTP and messages', () => {
  it('has units for both, answers errors of both, and lets handlers finish when it ends', async () => {
    const nats = await startNats();
    @Controller()
    class HybridController {
      constructor(private readonly shop: ShopSession) {}

      @Post('visit')
      @MessagePattern('visit')
      visit() {
        this.shop.visits += 1;
        return { visits: this.shop.visits };
      }

      @MessagePattern('slow')
      async slow() {
        this.shop.visits += 100;
        begun = true;
        await delay(300);
      }
    }
    let begun = false;
    const name = randomName('hybrid');
    @Module({
      imports: [
        SessionSyncModule.forRoot({
          session: ShopSession,
          name,
          nats: { servers: nats.url },
          id: [cookie({ secure: false })],
        }),
        ClientsModule.register([{ name: 'SELF', customClass: SessionClientNats, options: { servers: [nats.url] } }]),
      ],
      controllers: [HybridController],
    })
    class HybridModule {}
    const app = await NestFactory.create(HybridModule, new ExpressAdapter(), { logger: false, abortOnError: false });
    app.connectMicroservice<MicroserviceOptions>({ transport: Transport.NATS, options: { servers: [nats.url] } });
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    const observer = await createSessionSync({ session: ShopSession, name, nats: { servers: nats.url } });
    try {
      const browser = new HttpClient(await app.getUrl());
      expect((await browser.post('/visit')).body).toEqual({ visits: 1 });
      const carts = app.get<ClientProxy>('SELF');
      const refused = firstValueFrom(carts.send('visit', {}));
      await expect(refused).rejects.toMatchObject({ status: 'error', code: 'NO_UNIT' });

      const sync = app.get(SessionSync);
      const { key } = await sync.create();
      const call = sync.run(key, () => firstValueFrom(carts.send('slow', {}))).catch(() => undefined);
      await until(() => begun, 'the message handler has begun');
      await app.close();
      await call;
      const visits = await observer.run<ShopSession, number>(key, (session) => session.read('visits'));
      expect(visits).toBe(100);
    } finally {
      await app.close();
      await observer.drain();
      await nats.stop();
    }
  });
});
