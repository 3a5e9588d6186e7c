import { Body, Controller, Get, Injectable, Logger, Module, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, Min, ValidateNested, validateSync } from 'class-validator';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import {
  COMMIT_CHANNEL,
  cookie,
  InvalidOptionsError,
  SessionAttr,
  SessionState,
  SessionSync,
  SessionSyncModule,
  type CommitEvent,
} from 'nest-session-sync';
import { createSessionSync } from 'nest-session-sync/standalone';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';

class Line {
  sku = '';
  @IsInt() @Min(1) quantity = 1;
}

class Cart {
  @Type(() => Line) @ValidateNested({ each: true }) lines: Line[] = [];

  add(sku: string, quantity: number): void {
    this.lines.push(Object.assign(new Line(), { sku, quantity }));
  }
}

class OptionSession {
  @SessionAttr({ mutable: true, validate: validateSync }) cart: Cart = new Cart();
  @SessionAttr({ validate: z.enum(['en', 'de']) }) locale: string = 'en';
  @SessionAttr({ maxBytes: 1_000 }) note: string = '';
  @SessionAttr({ merge: 'retry' }) visits: number = 0;
  @SessionAttr({ secret: true, validate: (card: string) => (card.length < 30 ? true : `${card} is too long`) })
  card: string = '';
  @SessionAttr({ local: true, default: () => new Socket() }) socket!: Socket;
}

@Injectable()
class Sockets {
  constructor(private readonly session: OptionSession) {}

  get current(): Socket {
    return this.session.socket;
  }
}

type Write = Partial<Pick<OptionSession, 'locale' | 'note' | 'card' | 'visits'>>;

const seen: Socket[] = [];

@Controller()
class Handlers {
  constructor(
    private readonly session: SessionState<OptionSession>,
    private readonly sync: SessionSync,
    private readonly sockets: Sockets,
  ) {}

  @Get()
  all() {
    const { session } = this;
    return { cart: session.read('cart'), note: session.read('note'), visits: session.read('visits') };
  }

  @Post('lines')
  add(@Body() line: Line, @SessionAttr('cart', { mutable: true }) cart: Cart) {
    cart.add(line.sku, line.quantity);
  }

  @Post('set')
  set(@Body() values: Write) {
    for (const [name, value] of Object.entries(values)) this.session.set(name as 'note', value as string);
  }

  @Post('overtaken')
  async overtaken() {
    this.session.update('visits', (n) => n + 1);
    const { key } = this.session;
    if (key !== undefined) await this.sync.run<OptionSession>(key, (other) => other.update('visits', (n) => n + 10));
  }

  @Post('socket')
  socket(@SessionAttr('socket', { mutable: true }) socket: Socket) {
    seen.push(socket, this.sockets.current, this.session.mutate('socket'));
    this.session.update('visits', (n) => n + 1);
  }
}

let nats: EmbeddedNats;
const name = randomName('options');

beforeAll(async () => {
  nats = await startNats();
});
afterAll(() => nats?.stop());

describe.each(httpAdapters)('options of attributes on $name', ({ create }) => {
  let app: RunningApp;
  let client: HttpClient;
  const commits: CommitEvent[] = [];
  const note = (event: unknown): void => void commits.push(event as CommitEvent);

  beforeAll(async () => {
    const root = SessionSyncModule.forRoot({
      session: OptionSession,
      name,
      nats: { servers: nats.url },
      id: [cookie({ secure: false })],
    });
    @Module({ imports: [root], controllers: [Handlers], providers: [Sockets] })
    class AppModule {}
    app = await listen(AppModule, create());
    subscribe(COMMIT_CHANNEL, note);
    client = new HttpClient(app.url);
    await client.post('/lines', { sku: 'tea', quantity: 1 });
  });
  afterAll(async () => {
    unsubscribe(COMMIT_CHANNEL, note);
    await app?.close();
  });

  it('answers 422 with what class-validator found, and stores nothing', async () => {
    const before = (await client.get('/')).text;
    expect(before).toContain('tea');
    const answer = await client.post('/lines', { sku: 'milk', quantity: 0 });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      statusCode: 422,
      code: 'INVALID_ATTRIBUTE',
      retryable: false,
      message: expect.stringContaining('cart.lines[1].quantity: quantity must not be less than 1') as unknown,
      problems: [{ path: 'cart.lines[1].quantity', message: 'quantity must not be less than 1' }],
    });
    expect((await client.get('/')).text).toBe(before);
  });

  it('answers 422 with what zod found', async () => {
    const { status, body } = await client.post('/set', { locale: 'fr' });
    expect([status, body]).toMatchObject([
      422,
      { message: expect.stringMatching(/locale: Invalid option/) as unknown },
    ]);
    expect((await client.post('/set', { locale: 'de' })).status).toBe(201);
  });

  it('answers 413 with the name of the attribute; the session is unchanged and the connection survives', async () => {
    await client.post('/set', { note: 'before' });
    const { status, body } = await client.post('/set', { note: 'x'.repeat(90_000), visits: 5 });
    expect([status, body]).toMatchObject([
      413,
      { code: 'SESSION_TOO_LARGE', message: expect.stringMatching(/Attribute "note" would have 90002/) as unknown },
    ]);
    expect((await client.get('/')).body).toMatchObject({ note: 'before', visits: 0 });
    expect((await client.post('/set', { note: 'after' })).status).toBe(201);
    expect((await client.get('/')).body).toMatchObject({ note: 'after' });
    expect(app.get(SessionSync).stats().isStoreAvailable).toBe(true);
  });

  it("answers 409 to a handler under merge: 'retry', and says that it may be repeated", async () => {
    const { status, body } = await client.post('/overtaken');
    expect([status, body]).toMatchObject([409, { code: 'COMMIT_CONFLICT', retryable: true }]);
    expect((await client.get('/')).body).toMatchObject({ visits: 10 });
  });

  it('tells a secret neither on the channel, nor to the client, nor in a log', async () => {
    const logged: unknown[] = [];
    const spies = (['error', 'warn', 'debug', 'log'] as const).map((level) =>
      vi.spyOn(Logger.prototype, level).mockImplementation((...args: unknown[]) => void logged.push(args.map(String))),
    );
    commits.length = 0;
    const card = '4111 1111 1111 1111';
    expect((await client.post('/set', { card })).status).toBe(201);
    const refused = await client.post('/set', { card: `${card} ${card}` });
    for (const spy of spies) spy.mockRestore();
    expect(refused.status).toBe(422);
    expect(commits.map(({ difference }) => difference)).toEqual([expect.stringContaining('=card (secret)')]);
    expect(JSON.stringify([commits, refused, logged])).not.toContain('4111');
  });

  it('hands the same local attribute to parameter, singleton and SessionState, in this request and the next', async () => {
    seen.length = 0;
    await client.post('/socket');
    await client.post('/socket');
    expect(new Set(seen).size).toBe(1);
    expect(seen[0]).toBeInstanceOf(Socket);
    await new HttpClient(app.url).post('/socket');
    expect(new Set(seen).size).toBe(2);
  });
});

describe('two nodes on one nats-server', () => {
  const start = (options: object = {}) =>
    createSessionSync({ session: OptionSession, name: randomName(), nats: { servers: nats.url }, ...options });

  it("lose no update under merge: 'retry'", async () => {
    // Enough time for all of them on a slow machine: 100 took 0.8 to 1.4 s with two cores under load.
    const shared = { name: randomName(), storeDeadlineMs: 30_000 };
    const nodes = [await start(shared), await start(shared)] as const;
    const { key } = await nodes[0].create();
    let runs = 0;
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        nodes[i % 2]!.run<OptionSession>(key, (session) => {
          runs++;
          session.set('visits', session.read('visits') + 1);
        }),
      ),
    );
    expect(await nodes[1].run<OptionSession, number>(key, (session) => session.read('visits'))).toBe(100);
    expect(runs).toBeGreaterThan(100);
    await Promise.all(nodes.map((node) => node.drain()));
  });

  it('refuse a session over maxSessionBytes before anything is sent', async () => {
    const node = await start({ maxSessionBytes: 500 });
    const { key } = await node.create();
    const { messages } = node.stats();
    const set = (size: number) => node.run<OptionSession>(key, (session) => session.set('note', 'x'.repeat(size)));
    const message = expect.stringContaining("raise the module's maxSessionBytes") as unknown;
    const tooLarge = { code: 'SESSION_TOO_LARGE', maxBytes: 500, attribute: undefined, message };
    await expect(set(600)).rejects.toMatchObject(tooLarge);
    expect(node.stats().messages).toBe(messages);
    await set(400);
    expect(node.stats()).toMatchObject({ messages: messages + 1, isStoreAvailable: true });
    await node.drain();
  });

  it('do not start with a maxSessionBytes that the server would never let count', async () => {
    const failure = await start({ maxSessionBytes: 10_000_000 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidOptionsError);
    expect(String(failure)).toMatch(/maxSessionBytes: 10000000 is more than the \d+ bytes that it takes/);
  });
});
