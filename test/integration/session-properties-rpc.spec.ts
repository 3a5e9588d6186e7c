import { Controller, Inject, Injectable, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxy, ClientsModule, MessagePattern, Transport } from '@nestjs/microservices';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import { SessionAttr, SessionClientNats, SessionServerNats, SessionSyncModule } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { firstValueFrom } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';

@Injectable()
class Gifts {
  @SessionAttr('cart', { mutable: true }) private readonly cart!: Cart;

  wrap() {
    this.cart.add('gift');
  }
}

/** A message controller: only properties say that it uses the session. */
@Controller()
class CartMessages {
  @SessionAttr('visits') visits!: number;
  @SessionAttr('cart') cart!: Cart;

  constructor(private readonly gifts: Gifts) {}

  @MessagePattern('cart.price')
  async price() {
    this.gifts.wrap();
    await Promise.resolve();
    this.visits += 10;
    return { pieces: this.cart.pieces };
  }
}

@Controller()
class Gateway {
  @SessionAttr('cart', { mutable: true }) cart!: Cart;
  @SessionAttr('visits') visits!: number;

  constructor(@Inject('CART') private readonly carts: ClientProxy) {}

  @Post()
  async checkout() {
    this.cart.add('apple');
    const { pieces } = await firstValueFrom(this.carts.send<{ pieces: number }>('cart.price', {}));
    return { answered: pieces, pieces: this.cart.pieces, visits: this.visits };
  }
}

const servers: { name: string; options: (url: string) => MicroserviceOptions }[] = [
  { name: "Nest's stock NATS server", options: (url) => ({ transport: Transport.NATS, options: { servers: [url] } }) },
  { name: 'SessionServerNats', options: (url) => ({ strategy: new SessionServerNats({ servers: [url] }) }) },
];

describe.each(servers)('@SessionAttr on properties of message controllers, behind $name', ({ options }) => {
  let nats: EmbeddedNats;
  let app: RunningApp;
  let service: { close(): Promise<void> };

  beforeAll(async () => {
    nats = await startNats();
    const name = randomName('properties');
    const clients = ClientsModule.register([
      { name: 'CART', customClass: SessionClientNats, options: { servers: [nats.url] } },
    ]);
    const sessions = SessionSyncModule.forRoot({ session: ShopSession, name, nats: { servers: nats.url } });
    @Module({ imports: [sessions, clients], controllers: [Gateway] })
    class GatewayModule {}
    @Module({ imports: [sessions], controllers: [CartMessages], providers: [Gifts] })
    class ServiceModule {}
    const settings = { ...options(nats.url), logger: false as const, abortOnError: false };
    const microservice = await NestFactory.createMicroservice<MicroserviceOptions>(ServiceModule, settings);
    await microservice.listen();
    service = microservice;
    app = await listen(GatewayModule, new ExpressAdapter());
  });

  afterAll(async () => {
    await app?.close();
    await service?.close();
    await nats?.stop();
  });

  it("lead to the caller's session, there and back", async () => {
    const browser = new HttpClient(app.url);
    expect((await browser.post('/')).body).toEqual({ answered: 2, pieces: 2, visits: 10 });
    expect((await browser.post('/')).body).toEqual({ answered: 4, pieces: 4, visits: 20 });
    expect((await new HttpClient(app.url).post('/')).body).toEqual({ answered: 2, pieces: 2, visits: 10 });
  });
});
