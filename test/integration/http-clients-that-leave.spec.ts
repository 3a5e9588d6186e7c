import { request, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { Controller, Get, Logger, Module, Post, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { cookie, SessionAttr, SessionSync, SessionSyncModule } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { Observable } from 'rxjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { freeze, randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';
import { until } from '../support/until.js';

let begun = false;
let leave: () => void = () => undefined;
let hasLeft: Promise<void> = Promise.resolve();

/** Resolves when the test says that the client has gone. */
async function clientGone(): Promise<void> {
  begun = true;
  await hasLeft;
}

@Controller()
class SlowController {
  @Get('cart')
  show(@SessionAttr('cart') cart: Cart) {
    return { pieces: cart.pieces };
  }

  @Post('cart')
  add(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('apple');
  }

  @Post('value')
  async value(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    await clientGone();
    cart.add('paid for');
  }

  @Post('observable')
  observable(@SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add('never');
    return new Observable<string>(() => void (begun = true));
  }

  @Post('written')
  async written(@SessionAttr('cart', { mutable: true }) cart: Cart, @Res() response: { send(body: unknown): void }) {
    cart.add('never');
    await clientGone();
    response.send('too late');
  }

  @Post('broken')
  broken(@SessionAttr('cart', { mutable: true }) cart: Cart, @Res() response: { raw?: NodeJS.WritableStream }) {
    cart.add('never');
    const source = new Readable({ read: () => source.destroy(new Error('no file')) });
    const target = response.raw ?? (response as NodeJS.WritableStream);
    source.on('error', () => (target as NodeJS.WritableStream & { destroy(): void }).destroy());
    source.pipe(target);
  }
}

describe.each(httpAdapters)('a client that leaves, on $name', ({ create }) => {
  let nats: EmbeddedNats;
  let app: RunningApp;

  beforeAll(async () => {
    nats = await startNats();
    @Module({
      imports: [
        SessionSyncModule.forRoot({
          session: ShopSession,
          name: randomName('leaving'),
          nats: { servers: nats.url },
          id: [cookie({ secure: false })],
        }),
      ],
      controllers: [SlowController],
    })
    class LeavingModule {}
    app = await listen(LeavingModule, create());
  });

  afterAll(async () => {
    await app?.close();
    await nats?.stop();
  });

  beforeEach(() => {
    begun = false;
    hasLeft = new Promise((resolve) => (leave = resolve));
  });

  /** Sends a request and hangs up while its handler runs. */
  async function hangUp(browser: HttpClient, path: string): Promise<void> {
    const sent = request(app.url + path, {
      method: 'POST',
      headers: { cookie: `sid=${browser.cookies.get('sid') ?? ''}` },
    });
    sent.on('error', () => undefined);
    sent.end();
    await until(() => begun, 'the handler runs');
    await new Promise<void>((resolve) => {
      sent.once('close', resolve);
      sent.destroy();
    });
  }

  const committed = (): number => app.get(SessionSync).stats().committed;

  it("doesn't undo what its handler goes on to do", async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/cart');
    const before = committed();
    await hangUp(browser, '/value');
    leave();
    await until(() => committed() === before + 1, 'the handler has committed');
    expect((await browser.get('/cart')).body).toEqual({ pieces: 2 });
  });

  it.each(['/observable', '/written'])('stores nothing of %s, whose answer never began', async (path) => {
    const browser = new HttpClient(app.url);
    await browser.post('/cart');
    await hangUp(browser, path);
    // The server has noticed when a later request of the same client is answered.
    await browser.get('/cart');
    leave();
    expect((await browser.get('/cart')).body).toEqual({ pieces: 1 });
  });

  it('gets nothing, and nothing is stored, when a pipe fails before its first byte', async () => {
    const browser = new HttpClient(app.url);
    expect((await browser.post('/cart')).status).toBe(201);
    await expect(browser.post('/broken')).rejects.toThrow('fetch failed');
    expect((await browser.get('/cart')).body).toEqual({ pieces: 1 });
  });

  it('is no error of the application when it leaves before its session is open', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/cart');
    const errors = vi.spyOn(Logger.prototype, 'error');
    await freeze(nats);
    const opened = app.get(SessionSync).stats().opened;
    let isGone = false;
    const server = app.get(HttpAdapterHost).httpAdapter.getHttpServer() as Server;
    server.once('connection', (socket) => socket.once('close', () => (isGone = true)));
    const sent = request(`${app.url}/cart`, {
      agent: false,
      headers: { cookie: `sid=${browser.cookies.get('sid') ?? ''}` },
    });
    sent.on('error', () => undefined);
    sent.end();
    await until(() => app.get(SessionSync).stats().opened > opened, 'the session is being opened');
    sent.destroy();
    await until(() => isGone, 'the server has noticed');
    nats.signal('SIGCONT');
    expect((await browser.get('/cart')).body).toEqual({ pieces: 1 });
    expect(errors).not.toHaveBeenCalled();
    errors.mockRestore();
  });

  it('leaves no unit behind: the application ends at once', async () => {
    const begunAt = performance.now();
    await app.close();
    expect(performance.now() - begunAt).toBeLessThan(2_000);
  });
});
