import {
  Body,
  Controller,
  Get,
  HttpException,
  Injectable,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Redirect,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { Readable } from 'node:stream';
import {
  cookie,
  CurrentSession,
  header,
  ReadOnlySession,
  SessionAttr,
  SessionState,
  SessionSync,
  SessionSyncModule,
} from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { of } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';

/** A singleton four calls away from the controller. */
@Injectable()
class Prices {
  constructor(private readonly shop: ShopSession) {}

  countVisit(): number {
    this.shop.visits += 1;
    return this.shop.visits;
  }
}

@Controller()
class ShopController {
  constructor(private readonly session: SessionState<ShopSession>) {}

  @Get('cart')
  @ReadOnlySession()
  show(@SessionAttr('cart') cart: Cart) {
    return { pieces: cart.pieces, isCart: cart instanceof Cart };
  }

  @Post('cart')
  add(@Body() item: { sku: string }, @SessionAttr(ShopSession, 'cart', { mutable: true }) cart: Cart) {
    cart.add(item.sku);
    return cart;
  }

  @Post('touched')
  touch(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    return cart.pieces;
  }

  @Post('sign-in')
  async signIn(@Body() { userId }: { userId: string }) {
    this.session.set('userId', userId);
    await this.session.regenerate();
    return { userId };
  }

  @Post('sign-out')
  async signOut() {
    await this.session.end();
  }

  @Get('me')
  me() {
    return { userId: this.session.read('userId') ?? null };
  }

  @Post('failing')
  failing() {
    this.session.mutate('cart').add('lost');
    throw new HttpException('no', 418);
  }

  @Post('piped/:id')
  piped(@SessionAttr('cart', { mutable: true }) cart: Cart, @Param('id', ParseIntPipe) id: number) {
    cart.add(`piped-${id}`);
  }

  @Post('redirected')
  @Redirect('/cart')
  redirected(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('before redirect');
  }

  @Post('observed')
  observed(@CurrentSession() session: SessionState<ShopSession>) {
    session.mutate('cart').add('observed');
    return of('first', 'last');
  }

  @Post('streamed')
  streamed(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('streamed');
    return new StreamableFile(Readable.from([Buffer.from('streamed')]));
  }

  @Post('own-cookie')
  ownCookie(
    @SessionAttr('cart', { mutable: true }) cart: Cart,
    @Res({ passthrough: true }) response: { header(n: string, v: string): unknown },
  ) {
    cart.add('with own cookie');
    response.header('Set-Cookie', 'own=1; Path=/');
    return 'ok';
  }

  @Post('written')
  written(@SessionAttr('cart', { mutable: true }) cart: Cart, @Res() response: { send(body: unknown): void }) {
    cart.add('written');
    response.send({ written: true });
  }
}

@Controller('visits')
class VisitsController {
  constructor(private readonly prices: Prices) {}

  @Post()
  visit() {
    return { visits: this.prices.countVisit() };
  }
}

describe.each(httpAdapters)('a session over HTTP on $name', ({ create }) => {
  let nats: EmbeddedNats;
  let app: RunningApp;

  beforeAll(async () => {
    nats = await startNats();
    @Module({
      imports: [
        SessionSyncModule.forRoot({
          session: ShopSession,
          name: randomName('http'),
          nats: { servers: nats.url },
          id: [cookie({ secrets: ['one secret'], secure: false }), header('x-session')],
        }),
      ],
      controllers: [ShopController, VisitsController],
      providers: [Prices],
    })
    class ShopModule {}
    app = await listen(ShopModule, create());
  });

  afterAll(async () => {
    await app?.close();
    await nats?.stop();
  });

  const client = (headers: Record<string, string> = {}): HttpClient => new HttpClient(app.url, headers);
  const messages = (): number => app.get(SessionSync).stats().messages;

  it('stores nothing and sets no cookie until something is modified', async () => {
    const before = messages();
    const browser = client();
    const answer = await browser.get('/cart');
    expect(answer.body).toEqual({ pieces: 0, isCart: true });
    expect((await browser.post('/touched')).text).toBe('0');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(browser.cookies.size).toBe(0);
    expect(messages()).toBe(before);
  });

  it('keeps what a handler modified, one message a commit', async () => {
    const browser = client();
    const before = messages();
    const added = await browser.post('/cart', { sku: 'apple' });
    expect(added.status).toBe(201);
    expect(added.body).toEqual({ lines: [{ sku: 'apple', quantity: 1 }] });
    expect(added.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sid=[\w-]{43}\.[\w-]{8}\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    const again = await browser.post('/cart', { sku: 'apple' });
    expect(again.headers.getSetCookie()).toEqual([]);
    expect((await browser.get('/cart')).body).toEqual({ pieces: 2, isCart: true });
    expect(messages() - before).toBe(2);
  });

  it('opens the session for singletons that inject the session class', async () => {
    const browser = client();
    expect((await browser.post('/visits')).body).toEqual({ visits: 1 });
    expect((await browser.post('/visits')).body).toEqual({ visits: 2 });
  });

  it('stores nothing when the handler or a pipe throws', async () => {
    const browser = client();
    await browser.post('/cart', { sku: 'apple' });
    expect((await browser.post('/failing')).status).toBe(418);
    expect((await browser.post('/piped/no-number')).status).toBe(400);
    expect((await browser.get('/nowhere')).status).toBe(404);
    expect((await browser.get('/cart')).body).toMatchObject({ pieces: 1 });
  });

  it.each(['/redirected', '/observed', '/streamed', '/own-cookie', '/written'])(
    'has committed when the answer to %s comes',
    async (path) => {
      const browser = client();
      const answer = await browser.post(path);
      expect(answer.status).toBeLessThan(400);
      expect(browser.cookies.has('sid')).toBe(true);
      expect((await browser.get('/cart')).body).toMatchObject({ pieces: 1 });
    },
  );

  it('answers as the handler would without a session', async () => {
    const redirected = await client().post('/redirected');
    expect([redirected.status, redirected.headers.get('location')]).toEqual([302, '/cart']);
    expect((await client().post('/observed')).text).toBe('last');
    expect((await client().post('/streamed')).text).toBe('streamed');
    expect((await client().post('/written')).body).toEqual({ written: true });
    const owner = client();
    await owner.post('/own-cookie');
    expect([...owner.cookies.keys()].sort()).toEqual(['own', 'sid']);
  });

  it('keeps every one of many parallel changes', async () => {
    const browser = client();
    await browser.post('/cart', { sku: 'first' });
    const skus = Array.from({ length: 20 }, (_, index) => `sku-${index}`);
    const answers = await Promise.all(skus.map((sku) => browser.post('/cart', { sku })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await browser.get('/cart')).body).toMatchObject({ pieces: 21 });
  });

  it('gives a new id at sign-in and keeps the data; the old id is nobody', async () => {
    const browser = client();
    await browser.post('/cart', { sku: 'apple' });
    const oldId = browser.cookies.get('sid') ?? '';
    await browser.post('/sign-in', { userId: 'ann' });
    expect(browser.cookies.get('sid')).not.toBe(oldId);
    expect((await browser.get('/me')).body).toEqual({ userId: 'ann' });
    expect((await browser.get('/cart')).body).toMatchObject({ pieces: 1 });
    const thief = client({ cookie: `sid=${oldId}` });
    expect((await thief.get('/me')).body).toEqual({ userId: null });
  });

  it('ends at sign-out: the cookie is cleared and the id is dead', async () => {
    const browser = client();
    await browser.post('/sign-in', { userId: 'ann' });
    const id = browser.cookies.get('sid') ?? '';
    const answer = await browser.post('/sign-out');
    expect(answer.headers.getSetCookie()).toEqual(['sid=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
    expect((await client({ cookie: `sid=${id}` }).get('/me')).body).toEqual({ userId: null });
  });

  it('talks to clients without cookies through the header they use', async () => {
    const first = await client({ 'x-session': 'none' }).post('/cart', { sku: 'apple' });
    const id = first.headers.get('x-session') ?? '';
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(first.headers.getSetCookie()).toEqual([]);
    const second = await client({ 'x-session': id }).get('/cart');
    expect(second.body).toMatchObject({ pieces: 1 });
    expect(second.headers.get('x-session')).toBeNull();
  });
});
