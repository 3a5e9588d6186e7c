import {
  Catch,
  Controller,
  Get,
  Module,
  Post,
  Redirect,
  Res,
  StreamableFile,
  type ArgumentsHost,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CommitConflictError, cookie, SessionState, SessionSyncModule } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { of } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { ShopSession } from '../support/shop-session.js';

interface AnyResponse {
  readonly raw?: NodeJS.WritableStream;
  send(body: unknown): void;
  header(name: string, value: string): unknown;
  redirect(to: string): void;
  hijack?(): void;
}

interface RawResponse extends NodeJS.WritableStream {
  writeHead(status: number, headers: object): unknown;
  flushHeaders(): void;
}

/** Every handler writes the same immutable attribute after all of them have opened the session. */
@Controller()
class RivalController {
  constructor(private readonly session: SessionState<ShopSession>) {}

  @Get('visits')
  visits() {
    return { visits: this.session.read('visits') };
  }

  @Post('value')
  async value() {
    await this.overtake();
    return 'stored';
  }

  @Post('observable')
  async observable() {
    await this.overtake();
    return of('stored');
  }

  @Post('redirect')
  @Redirect('/visits')
  async redirect() {
    await this.overtake();
  }

  @Post('file')
  async file() {
    await this.overtake();
    return new StreamableFile(Readable.from([Buffer.from('stored')]));
  }

  @Post('sent')
  async sent(@Res() response: AnyResponse) {
    await this.overtake();
    response.header('ETag', '"x"');
    response.send({ stored: true });
  }

  @Post('sent-redirect')
  async sentRedirect(@Res() response: AnyResponse) {
    await this.overtake();
    response.redirect('/visits');
  }

  @Post('piped')
  async piped(@Res() response: AnyResponse) {
    await this.overtake();
    const stream = Readable.from([Buffer.from('sto'), Buffer.from('red')]);
    if (response.raw === undefined) stream.pipe(response as unknown as NodeJS.WritableStream);
    else response.send(stream);
  }

  @Post('raw')
  async raw(@Res() response: AnyResponse) {
    await this.overtake();
    response.hijack?.();
    const raw = (response.raw ?? response) as RawResponse;
    raw.writeHead(200, { 'Content-Type': 'text/plain', 'Set-Cookie': 'own=1' });
    Readable.from([Buffer.from('sto'), Buffer.from('red')]).pipe(raw);
  }

  @Post('flushed')
  async flushed(@Res() response: AnyResponse) {
    await this.overtake();
    response.hijack?.();
    const raw = (response.raw ?? response) as RawResponse;
    raw.flushHeaders();
    await delay(20);
    raw.end('stored');
  }

  /** Waits until the rival has come as far, so that of two requests exactly one is refused. */
  private async overtake(): Promise<void> {
    const seen = this.session.read('visits');
    await rendezvous();
    this.session.set('visits', seen + Math.random());
  }
}

let waiting: (() => void) | undefined;
let isAlone = false;

function rendezvous(): Promise<void> {
  if (isAlone) return Promise.resolve();
  if (waiting !== undefined) {
    waiting();
    waiting = undefined;
    return Promise.resolve();
  }
  return new Promise((resolve) => (waiting = resolve));
}

const handlers = ['value', 'observable', 'redirect', 'file', 'sent', 'sent-redirect', 'piped', 'raw', 'flushed'];

describe.each(httpAdapters)('a commit that fails, on $name', ({ create }) => {
  let nats: EmbeddedNats;
  let app: RunningApp;

  beforeAll(async () => {
    nats = await startNats();
    @Module({
      imports: [
        SessionSyncModule.forRoot({
          session: ShopSession,
          name: randomName('failing'),
          nats: { servers: nats.url },
          storeDeadlineMs: 500,
          id: [cookie({ secure: false })],
        }),
      ],
      controllers: [RivalController],
    })
    class FailingModule {}
    app = await listen(FailingModule, create());
  });

  afterAll(async () => {
    await app?.close();
    await nats?.stop();
  });

  async function alone(browser: HttpClient, path: string) {
    isAlone = true;
    try {
      return await browser.post(path);
    } finally {
      isAlone = false;
    }
  }

  it.each(handlers)('answers 409 to one of two that overlap, in /%s', async (path) => {
    const browser = new HttpClient(app.url);
    expect((await alone(browser, `/${path}`)).status).toBeLessThan(400);
    expect(browser.cookies.has('sid')).toBe(true);
    const answers = await Promise.all([browser.post(`/${path}`), browser.post(`/${path}`)]);
    const [first, second] = answers.sort((a, b) => a.status - b.status);
    expect(first?.status).toBeLessThan(400);
    expect(second?.status).toBe(409);
    expect(second?.body).toMatchObject({ statusCode: 409, code: 'COMMIT_CONFLICT', retryable: true });
    expect(second?.headers.get('content-type')).toMatch(/^application\/json/);
    expect(second?.headers.get('location')).toBeNull();
    expect(second?.headers.get('etag')).not.toBe('"x"');
  });

  it.each(handlers)('leaves the answer of /%s as it is when nothing fails', async (path) => {
    const { headers, text, body } = await alone(new HttpClient(app.url), `/${path}`);
    if (path.endsWith('redirect')) expect(headers.get('location')).toBe('/visits');
    else if (path === 'sent') expect(body).toEqual({ stored: true });
    else expect(text).toBe('stored');
  });

  it('answers 503 with Retry-After in time while NATS is down, and never a 200', async () => {
    const browser = new HttpClient(app.url);
    await alone(browser, '/value');
    await nats.stop();
    const begun = performance.now();
    const read = await browser.get('/visits');
    expect(read.status).toBe(503);
    expect(Number(read.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(read.body).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The session store is unavailable. Try again later.',
    });
    isAlone = true;
    const answers = await Promise.all(handlers.map((path) => new HttpClient(app.url).post(`/${path}`)));
    isAlone = false;
    expect(answers.map(({ status }) => status)).toEqual(handlers.map(() => 503));
    expect(answers.filter(({ headers }) => !headers.has('retry-after')).map(({ body }) => body)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe.each(httpAdapters)("an application's own filter on $name", ({ create }) => {
  it('answers the errors it names, although it is registered first', async () => {
    @Catch(CommitConflictError)
    class ConflictFilter {
      catch(error: CommitConflictError, host: ArgumentsHost): void {
        const response = host.switchToHttp().getResponse<{ status(code: number): { send(body: unknown): void } }>();
        response.status(460).send({ attribute: error.attribute });
      }
    }
    const nats = await startNats();
    @Module({
      imports: [
        SessionSyncModule.forRoot({
          session: ShopSession,
          name: randomName('own-filter'),
          nats: { servers: nats.url },
          id: [cookie({ secure: false })],
        }),
      ],
      controllers: [RivalController],
      providers: [{ provide: APP_FILTER, useClass: ConflictFilter }],
    })
    class FilteredModule {}
    const app = await listen(FilteredModule, create());
    try {
      const browser = new HttpClient(app.url);
      isAlone = true;
      await browser.post('/value');
      isAlone = false;
      const answers = await Promise.all([browser.post('/value'), browser.post('/value')]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 460]);
      expect(answers.find(({ status }) => status === 460)?.body).toEqual({ attribute: 'visits' });
    } finally {
      await app.close();
      await nats.stop();
    }
  });
});
