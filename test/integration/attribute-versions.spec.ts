import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import {
  AttributeVersionError,
  cookie,
  Counter,
  SessionAttr,
  SessionSyncModule,
  UNDECODABLE_CHANNEL,
  type SessionKey,
} from 'nest-session-sync';
import { createSessionSync, type SessionSync } from 'nest-session-sync/standalone';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';

interface Quantities {
  items: Record<string, number>;
}
interface Lines {
  lines: { sku: string; qty: number }[];
}

/** The shop before the update, and after it: the cart is stored in another form. */
class OldShop {
  @SessionAttr({ mutable: true }) cart: Quantities = { items: {} };
  @SessionAttr({ merge: Counter }) visits: number = 0;
}
class NewShop {
  @SessionAttr({
    mutable: true,
    version: 2,
    migrate: {
      1: ({ items }: Quantities): Lines => ({ lines: Object.entries(items).map(([sku, qty]) => ({ sku, qty })) }),
    },
  })
  cart: Lines = { lines: [] };
  @SessionAttr({ merge: Counter }) visits: number = 0;
}

let nats: EmbeddedNats;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  nats = await startNats();
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});
afterAll(async () => {
  await nats.stop();
});

async function node(session: new () => object, name: string): Promise<SessionSync> {
  const sync = await createSessionSync({ session, name, nats: { servers: nats.url } });
  ends.push(() => sync.drain());
  return sync;
}

function addOld(sync: SessionSync, key: SessionKey, sku: string): Promise<void> {
  return sync.run<OldShop, void>(key, (session) => {
    session.mutate('cart').items[sku] = 1;
    session.update('visits', (n) => n + 1);
  });
}

function addNew(sync: SessionSync, key: SessionKey, sku: string): Promise<void> {
  return sync.run<NewShop, void>(key, (session) => {
    session.mutate('cart').lines.push({ sku, qty: 1 });
    session.update('visits', (n) => n + 1);
  });
}

describe('nodes of two versions on one nats-server', () => {
  const SESSIONS = 20;
  const REQUESTS = 600;

  it('lose nothing that was acknowledged, and refuse only what the older one may not change', async () => {
    const name = randomName();
    const [old, updated] = [await node(OldShop, name), await node(NewShop, name)];
    const keys: SessionKey[] = [];
    for (let i = 0; i < SESSIONS; i++) keys.push((await old.create()).key);
    const added = new Map<SessionKey, string[]>(keys.map((key) => [key, []]));
    let visits = 0;
    let refused = 0;
    const request = async (i: number): Promise<void> => {
      const key = keys[i % SESSIONS] as SessionKey;
      const sku = `sku-${i}`;
      // The older node serves alone at first, then both in turn.
      const isOld = i < REQUESTS / 2 || i % 3 === 0;
      try {
        await (isOld ? addOld(old, key, sku) : addNew(updated, key, sku));
        added.get(key)?.push(sku);
        visits++;
      } catch (error) {
        expect(isOld && error).toBeInstanceOf(AttributeVersionError);
        refused++;
      }
    };
    for (let i = 0; i < REQUESTS; i += 10) await Promise.all(Array.from({ length: 10 }, (_, j) => request(i + j)));
    expect(refused).toBeGreaterThan(REQUESTS / 20);
    let counted = 0;
    for (const key of keys) {
      const [skus, count] = await updated.run<NewShop, [string[], number]>(key, (session) => [
        session.read('cart').lines.map(({ sku }) => sku),
        session.read('visits'),
      ]);
      expect(skus.toSorted()).toEqual(added.get(key)?.toSorted());
      counted += count;
    }
    expect(counted).toBe(visits);
  });
});

@Controller('cart')
class OldCart {
  @Get()
  show(@SessionAttr('cart') cart: unknown) {
    return cart;
  }

  @Post(':sku')
  add(@Param('sku') sku: string, @SessionAttr('cart', { mutable: true }) cart: Quantities) {
    cart.items[sku] = 1;
    return cart;
  }
}

@Controller('cart')
class NewCart {
  @Get()
  show(@SessionAttr('cart') cart: unknown) {
    return cart;
  }

  @Post(':sku')
  add(@Param('sku') sku: string, @SessionAttr('cart', { mutable: true }) cart: Lines) {
    cart.lines.push({ sku, qty: 1 });
    return cart;
  }
}

describe.each(httpAdapters)('requests on $name', ({ create }) => {
  async function app(session: new () => object, controller: new () => object, name: string): Promise<RunningApp> {
    @Module({
      imports: [
        SessionSyncModule.forRoot({
          session,
          name,
          nats: { servers: nats.url },
          id: [cookie({ name: 'sid', secure: false })],
        }),
      ],
      controllers: [controller],
    })
    class AppModule {}
    const running = await listen(AppModule, create());
    ends.push(() => running.close());
    return running;
  }

  it('are read by the older node and refused with 409 where they would change what a newer one stored', async () => {
    const name = randomName();
    const [old, updated] = [
      new HttpClient((await app(OldShop, OldCart, name)).url),
      new HttpClient((await app(NewShop, NewCart, name)).url),
    ];
    expect((await old.post('/cart/tea')).status).toBe(201);
    for (const [cookieName, value] of old.cookies) updated.cookies.set(cookieName, value);
    expect((await updated.get('/cart')).body).toEqual({ lines: [{ sku: 'tea', qty: 1 }] });
    expect((await old.post('/cart/milk')).status).toBe(201);
    const lines = ['tea', 'milk', 'rice'].map((sku) => ({ sku, qty: 1 }));
    expect((await updated.post('/cart/rice')).body).toEqual({ lines });
    expect(await old.get('/cart')).toMatchObject({ status: 200, body: { lines } });
    const refused = await old.post('/cart/salt');
    expect(refused).toMatchObject({ status: 409, body: { code: 'ATTRIBUTE_VERSION', retryable: false } });
    expect((await updated.get('/cart')).body).toEqual({ lines });
  });

  it('get a fresh session in place of one that cannot be read, and the loss is told', async () => {
    class Unreadable {
      @SessionAttr({ mutable: true, version: 2, onUndecodable: 'freshSession' }) cart: Lines = { lines: [] };
    }
    const events: unknown[] = [];
    const listener = (event: unknown): void => void events.push(event);
    subscribe(UNDECODABLE_CHANNEL, listener);
    const name = randomName();
    const [old, fresh] = [
      new HttpClient((await app(OldShop, OldCart, name)).url),
      new HttpClient((await app(Unreadable, NewCart, name)).url),
    ];
    await old.post('/cart/tea');
    for (const [cookieName, value] of old.cookies) fresh.cookies.set(cookieName, value);
    const read = await fresh.get('/cart');
    expect([read.body, read.headers.getSetCookie()]).toEqual([{ lines: [] }, []]);
    expect((await fresh.post('/cart/milk')).body).toEqual({ lines: [{ sku: 'milk', qty: 1 }] });
    unsubscribe(UNDECODABLE_CHANNEL, listener);
    expect(fresh.cookies.get('sid')).not.toBe(old.cookies.get('sid'));
    expect((await fresh.get('/cart')).body).toEqual({ lines: [{ sku: 'milk', qty: 1 }] });
    expect((await old.get('/cart')).body).toEqual({ items: { tea: 1 } });
    expect(events).toHaveLength(2);
    for (const event of events) expect(event).toMatchObject({ name, attribute: 'cart', policy: 'freshSession' });
  });
});
