import { Controller, Get, Module, Post } from '@nestjs/common';
import { cookie, SessionAttr, SessionSync, SessionSyncModule } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';

@Controller('cart')
class CartController {
  @Get()
  show(@SessionAttr('cart') cart: Cart) {
    return { pieces: cart.pieces };
  }

  @Post()
  add(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('apple');
  }
}

const id = 'A'.repeat(43);
const badIds: readonly (readonly [string, string])[] = [
  ['malformed', 'nonsense'],
  ['empty', ''],
  ['of 5,000 characters', 'x'.repeat(5000)],
  ['unsigned', id],
  ['tampered with', `${id}.AAAAAAAA.${id}`],
];

describe.each(httpAdapters)('an id that is worth nothing, on $name', ({ create }) => {
  let nats: EmbeddedNats;
  let app: RunningApp;

  beforeAll(async () => {
    nats = await startNats();
    @Module({
      imports: [
        SessionSyncModule.forRoot({
          session: ShopSession,
          name: randomName('bad-ids'),
          nats: { servers: nats.url },
          id: [cookie({ secrets: ['secret'] })],
        }),
      ],
      controllers: [CartController],
    })
    class BadIdsModule {}
    app = await listen(BadIdsModule, create());
  });

  afterAll(async () => {
    await app?.close();
    await nats?.stop();
  });

  it.each(badIds)('%s: is anonymous without asking the store, and replaced at the first write', async (_what, bad) => {
    const browser = new HttpClient(app.url);
    browser.cookies.set('__Host-sid', bad);
    nats.signal('SIGSTOP');
    try {
      const read = await browser.get('/cart');
      expect([read.status, read.body]).toEqual([200, { pieces: 0 }]);
      expect(read.headers.getSetCookie()).toEqual([]);
    } finally {
      nats.signal('SIGCONT');
    }
    expect((await browser.post('/cart')).status).toBe(201);
    expect(browser.cookies.get('__Host-sid')).toMatch(/^[\w-]{43}\.[\w-]{8}\.[\w-]{43}$/);
    expect((await browser.get('/cart')).body).toEqual({ pieces: 1 });
  });

  it('signed but unknown: is anonymous, never adopted', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/cart');
    const ended = browser.cookies.get('__Host-sid') ?? '';
    const sync = app.get(SessionSync);
    await sync.end(sync.keyOf(ended.slice(0, 43)));
    expect((await browser.get('/cart')).body).toEqual({ pieces: 0 });
    await browser.post('/cart');
    expect(browser.cookies.get('__Host-sid')).not.toBe(ended);
    expect((await browser.get('/cart')).body).toEqual({ pieces: 1 });
  });
});
