import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientsModule } from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import {
  cookie,
  header,
  SessionClientNats,
  SessionServerNats,
  SessionState,
  SessionSync,
  SessionSyncModule,
  type SessionSyncFactoryOptions,
  type SessionSyncOptionsFactory,
} from 'nest-session-sync';
import {
  applyPatch,
  compareGraphs,
  composePatches,
  decode,
  encode,
  invertPatch,
  mergeThreeWay,
  takeBenchmark,
  toJsonPatch,
} from 'nest-session-sync/core';
import { createSessionSync } from 'nest-session-sync/standalone';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CartController, CartMessages, ShopSession, Visits, VisitsController } from '../support/api-snippets.js';
import { listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';

let nats: EmbeddedNats;
let name: string;

beforeAll(async () => {
  nats = await startNats();
});

afterAll(() => nats?.stop());

describe('a gateway and a microservice as the contract writes them', () => {
  let app: RunningApp;
  let service: { close(): Promise<void> };

  beforeAll(async () => {
    name = randomName('snippets');
    const servers = [nats.url];
    const sessions = SessionSyncModule.forRoot({
      session: ShopSession,
      name,
      nats: { servers },
      store: { shards: 1, replicas: 1 },
      id: [cookie({ secrets: ['new', 'old'] }), header('x-session')],
    });
    @Module({
      imports: [
        sessions,
        ClientsModule.register([{ name: 'CART', customClass: SessionClientNats, options: { servers } }]),
      ],
      controllers: [CartController, VisitsController],
      providers: [Visits],
    })
    class AppModule {}
    @Module({ imports: [sessions], controllers: [CartMessages] })
    class CartModule {}
    const microservice = await NestFactory.createMicroservice(CartModule, {
      strategy: new SessionServerNats({ servers }),
      logger: false,
      abortOnError: false,
    });
    await microservice.listen();
    service = microservice;
    app = await listen(AppModule, new ExpressAdapter());
  });

  afterAll(async () => {
    await app?.close();
    await service?.close();
  });

  it('hands out parameters, piped ones and key-checked ones too', async () => {
    const browser = new HttpClient(app.url);
    const added = await browser.post('/cart/items', { sku: 'tea' });
    expect(added.headers.getSetCookie()[0]).toMatch(
      /^__Host-sid=[\w-]{43}\.[\w-]+\.[\w-]+; .*HttpOnly; Secure; SameSite=Lax/,
    );
    expect(added.body).toEqual({ lines: [{ sku: 'tea', qty: 1 }] });
    expect((await browser.get('/cart')).body).toEqual({ lines: [{ sku: 'tea', qty: 1 }] });
    expect((await browser.get('/cart/checked')).body).toEqual({ isCart: true });
    expect((await browser.get('/cart/piped')).body).toEqual({ lines: 1, mutable: 1, visits: 0 });
  });

  it('has every member of SessionState', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/cart/items', { sku: 'tea' });
    const before = browser.cookies.get('__Host-sid');
    const { status, body } = await browser.post('/cart/checkout');
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        key: expect.stringMatching(/^[\w-]{43}$/) as string,
        isNew: false,
        revision: expect.any(Number) as number,
        lives: true,
        locale: 'en',
        lastSeen: 0,
        lines: 2,
      },
    });
    expect(browser.cookies.get('__Host-sid')).not.toBe(before);
    await browser.post('/cart/sign-out');
    expect((await browser.get('/cart')).body).toEqual({ lines: [] });
  });

  it('meets the session in singletons', async () => {
    const browser = new HttpClient(app.url);
    expect((await browser.post('/visits')).body).toEqual({ isShopSession: true, visits: 1 });
    expect((await browser.post('/visits')).body).toEqual({ isShopSession: true, visits: 2 });
    expect((await browser.get('/visits')).body).toEqual({ visits: 2 });
    expect((await browser.post('/visits/undeclared')).text).toBe('TypeError');
  });

  it('carries the session to a microservice and back', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/cart/items', { sku: 'tea' });
    expect((await browser.post('/visits/price')).body).toEqual({ lines: ['tea', 'priced'] });
  });

  it('is called from outside requests', async () => {
    const sync = app.get(SessionSync);
    const { id, key } = await sync.create();
    expect(sync.keyOf(id)).toBe(key);
    await sync.run(key, { lock: 'optimistic' }, async (s: SessionState<ShopSession>) => s.mutate('cart').add('job'));
    // Without a type the session is one of unknown attributes.
    expect(await sync.run(key, async (s) => s.read('cart'))).toMatchObject({ lines: [{ sku: 'job' }] });
    await sync.end(key);
    await expect(sync.run(key, () => 1)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect(await sync.run(key.replace(/./g, 'A') as typeof key, { create: true }, (s) => s.isNew)).toBe(true);
    expect(sync.stats().isStoreAvailable).toBe(true);
  });

  it('runs without Nest, on the same sessions', async () => {
    const { key } = await app.get(SessionSync).create();
    const sync = await createSessionSync({ session: ShopSession, name, nats: { servers: [nats.url] } });
    await sync.run(key, (s: SessionState<ShopSession>) => s.set('locale', 'de'));
    await sync.drain();
    expect(await app.get(SessionSync).run(key, (s) => s.read('locale'))).toBe('de');
  });
});

describe('forRootAsync as the contract writes it', () => {
  @Injectable()
  class ConfigService implements SessionSyncOptionsFactory {
    createSessionSyncOptions(): SessionSyncFactoryOptions {
      return { nats: { servers: nats.url } };
    }
  }
  @Module({ providers: [ConfigService], exports: [ConfigService] })
  class ConfigModule {}
  const useFactory = async (config: ConfigService) => config.createSessionSyncOptions();

  it.each([
    ['useFactory', { inject: [ConfigService], useFactory }],
    ['useClass', { useClass: ConfigService }],
    ['useExisting', { useExisting: ConfigService }],
  ])('starts with %s', async (_what, source) => {
    const root = SessionSyncModule.forRootAsync({
      session: ShopSession,
      name: randomName('async'),
      isGlobal: false,
      imports: [ConfigModule],
      ...source,
    });
    @Module({ imports: [root], controllers: [CartController] })
    class AppModule {}
    const app = await listen(AppModule, new ExpressAdapter());
    const answer = await new HttpClient(app.url).post('/cart/items', { sku: 'tea' });
    await app.close();
    expect(answer.body).toEqual({ lines: [{ sku: 'tea', qty: 1 }] });
  });
});

describe('the core alone', () => {
  it('compares, applies, composes, inverts, merges and writes down', () => {
    const ours = { lines: [{ sku: 'tea', qty: 1 }], seen: new Map([['a', new Date(0)]]) };
    const benchmark = takeBenchmark(ours);
    expect(compareGraphs(benchmark, ours)).toEqual([]);
    const stored = encode(ours);
    const base = (): typeof ours => decode(stored) as typeof ours;
    ours.lines[0]!.qty = 2;
    const patch = compareGraphs(benchmark, ours);
    expect(toJsonPatch(patch)).toEqual([{ op: 'add', path: '/lines/0/qty', value: 2 }]);
    expect(applyPatch(base(), patch)).toEqual(ours);
    expect(applyPatch(applyPatch(base(), patch), invertPatch(patch, base()))).toEqual(base());
    const theirs = base();
    theirs.seen.delete('a');
    const both = { lines: [{ sku: 'tea', qty: 2 }], seen: new Map() };
    const composed = composePatches(patch, compareGraphs(takeBenchmark(base()), theirs));
    expect(applyPatch(base(), composed)).toEqual(both);
    expect(mergeThreeWay(base(), ours, theirs)).toEqual({ ok: true, value: both });
  });
});
