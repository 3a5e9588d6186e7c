import {
  Controller,
  Get,
  Injectable,
  Module,
  UseGuards,
  type CanActivate,
  type MiddlewareConsumer,
  type ModuleMetadata,
  type NestMiddleware,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { cookie, SessionAttr, SessionState, SessionSyncModule } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';

// What people get wrong, and the sentence that they are told: what happened, to what, what to do.

/** What was thrown where nobody but the log sees it. */
const told: string[] = [];

function tell<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    told.push(String(error));
    return undefined;
  }
}

class Coupon {
  percent = 10;
}

@Controller('constructor')
class InConstructor {
  constructor(session: SessionState<ShopSession>) {
    tell(() => session.read('cart'));
  }

  @Get()
  get() {}
}

@Controller('singleton')
class InSingleton {
  constructor(shop: ShopSession) {
    tell(() => shop.visits);
  }

  @Get()
  get() {}
}

@Injectable()
class EarlyMiddleware implements NestMiddleware {
  constructor(private readonly shop: ShopSession) {}

  use(_request: unknown, _response: unknown, next: () => void) {
    tell(() => this.shop.visits);
    next();
  }
}

@Injectable()
class EarlyGuard implements CanActivate {
  constructor(private readonly shop: ShopSession) {}

  canActivate() {
    tell(() => this.shop.cart);
    return true;
  }
}

@Controller()
class Handlers {
  constructor(private readonly session: SessionState<ShopSession>) {}

  @Get('guarded')
  @UseGuards(EarlyGuard)
  guarded() {}

  @Get('unregistered')
  async unregistered() {
    Object.assign(this.session.mutate('cart').lines, { 0: { sku: 'tea', extras: [{ coupon: new Coupon() }] } });
    await this.session.commit().catch((error: unknown) => told.push(String(error)));
    await this.session.reload();
  }

  @Get('immutable')
  immutable() {
    tell(() => this.session.mutate('visits' as 'cart'));
    tell(() => Object.assign(this.session.read('cart').lines, { 0: 'x' }));
  }

  @Get('unknown')
  unknown() {
    tell(() => this.session.read('crat' as 'cart'));
  }

  @Get('late')
  late() {
    void delay(20).then(() => tell(() => this.session.set('visits', 1)));
  }
}

@Controller('forgotten')
class Forgotten {
  @Get()
  get(@SessionAttr('cart') _cart: Cart) {}
}

let nats: EmbeddedNats;

beforeAll(async () => {
  nats = await startNats();
});

afterAll(() => nats?.stop());

/** What an application tells its developer of `path`. */
async function toldOf(path: string, metadata: ModuleMetadata): Promise<readonly string[]> {
  told.length = 0;
  @Module(metadata)
  class AppModule {
    configure(consumer: MiddlewareConsumer) {
      if (path === '/middleware') consumer.apply(EarlyMiddleware).forRoutes('{*path}');
    }
  }
  const app = await listen(AppModule, new ExpressAdapter());
  await new HttpClient(app.url).get(path);
  await delay(path === '/late' ? 100 : 0);
  await app.close();
  return [...told];
}

const withSessions = (controllers: NonNullable<ModuleMetadata['controllers']>): ModuleMetadata => ({
  imports: [
    SessionSyncModule.forRoot({
      session: ShopSession,
      name: randomName('mistakes'),
      nats: { servers: nats.url },
      id: [cookie({ secure: false })],
    }),
  ],
  controllers,
  providers: [EarlyGuard],
});

const tooEarly = (access: string): string =>
  `SessionNotOpenError: ${access} came before the session was opened: constructors, middleware and guards run earlier. Move it into the handler, or in a guard await sessionSync.open(context) first.`;

describe('a mistake is answered by a sentence that helps', () => {
  it.each([
    ['/constructor', tooEarly("SessionState.read('cart')")],
    ['/middleware', tooEarly('ShopSession.visits')],
    ['/guarded', tooEarly('ShopSession.cart')],
    [
      '/singleton',
      'NoUnitError: ShopSession.visits needs a running unit of work: use it in a handler that takes the session (by a session parameter or property, or by SessionState or the session class injected into its controller), or in sync.run(key, …).',
    ],
    [
      '/late',
      "UnitEndedError: SessionState.set('visits') came after the unit of work had ended, so it can't be stored any more. Await the work before the handler returns, or use sync.run(key, …).",
    ],
    [
      '/unregistered',
      "UnsupportedValueError: cart.lines[0].extras[0].coupon: an instance of Coupon can't be stored: register its class (by type of the attribute, or class-transformer's @Type() where a class holds it; in /core by the option classes), or keep a plain value instead",
    ],
    [
      '/unknown',
      'UnknownAttributeError: The session has no attribute "crat". Declared with @SessionAttr are: userId, locale, cart, visits.',
    ],
  ])('%s', async (path, sentence) => {
    const controller = { '/constructor': InConstructor, '/singleton': InSingleton }[path] ?? Handlers;
    expect(await toldOf(path, withSessions([controller]))).toContain(sentence);
  });

  it('writing to what was read throws', async () => {
    expect(await toldOf('/immutable', withSessions([Handlers]))).toEqual([
      'ImmutableAttributeError: Attribute "visits" is read-only. Assign it with set(\'visits\', …), or declare it with @SessionAttr({ mutable: true }).',
      // JavaScript's own words about a frozen object, as docs/errors.md says.
      'TypeError: Cannot add property 0, object is not extensible',
    ]);
  });

  it('a session parameter without the module asks for the module', async () => {
    @Module({ controllers: [Forgotten] })
    class AppModule {}
    const errors: string[] = [];
    const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
    app.useGlobalFilters({
      catch: (error: unknown, host) => {
        errors.push(String(error));
        host.switchToHttp().getResponse<{ end(): void }>().end();
      },
    });
    await app.listen(0, '127.0.0.1');
    await new HttpClient(await app.getUrl()).get('/forgotten');
    await app.close();
    expect(errors).toEqual([
      "NoUnitError: @SessionAttr('cart') needs a running unit of work: no SessionSyncModule runs one for this handler; import SessionSyncModule.forRoot() in the root module of the application.",
    ]);
  });

  it('SessionState without the module is a start-up error that names it', async () => {
    @Module({ controllers: [InConstructor] })
    class AppModule {}
    const started = NestFactory.create(AppModule, new ExpressAdapter(), { logger: false, abortOnError: false });
    await expect(started).rejects.toThrow(/dependencies of the InConstructor .* SessionState at index \[0\]/);
  });

  it('no NATS at the address names the address and what to check', async () => {
    const root = SessionSyncModule.forRoot({ session: ShopSession, nats: { servers: 'nats://me:secret@127.0.0.1:1' } });
    @Module({ imports: [root] })
    class AppModule {}
    const started = NestFactory.createApplicationContext(AppModule, { logger: false, abortOnError: false });
    await expect(started).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message:
        'The session store is unavailable: no connection to nats://127.0.0.1:1 (connection refused); check that nats-server runs there, and the credentials. Try again in 5 s.',
    });
  });
});
