import {
  Controller,
  ForbiddenException,
  Get,
  Inject,
  Injectable,
  Module,
  Post,
  Scope,
  Sse,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  cookie,
  CurrentSession,
  NoSession,
  SessionAttr,
  SessionState,
  SessionSync,
  SessionSyncModule,
} from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { from, map } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';
import { until } from '../support/until.js';

/** Counts in the session, and lets nobody in who says so. */
@Injectable()
class CountingGuard implements CanActivate {
  constructor(private readonly sync: SessionSync) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const session = await this.sync.open<ShopSession>(context);
    session.update('visits', (visits) => visits + 1);
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    return headers['x-refuse'] === undefined;
  }
}

@Injectable()
class EarlyGuard implements CanActivate {
  constructor(private readonly shop: ShopSession) {}

  canActivate(): boolean {
    return this.shop.visits >= 0;
  }
}

@Injectable({ scope: Scope.REQUEST })
class RequestPrices {
  constructor(private readonly session: SessionState<ShopSession>) {}

  count(): number {
    this.session.mutate('cart').add('deep');
    return this.session.read('cart').pieces;
  }
}

@Injectable()
class DeepPrices {
  constructor(@Inject('PRICES') private readonly prices: RequestPrices) {}

  count(): number {
    return this.prices.count();
  }
}

@Controller('guarded')
@UseGuards(CountingGuard)
class GuardedController {
  @Get()
  read(@SessionAttr('visits') visits: number) {
    return { visits };
  }

  @Post('failing')
  failing() {
    throw new ForbiddenException();
  }

  @Post('without')
  @NoSession()
  without() {
    return 'nothing asked';
  }
}

@Controller('early')
@UseGuards(EarlyGuard)
class EarlyController {
  @Get()
  read(@SessionAttr('visits') visits: number) {
    return { visits };
  }
}

@Controller('deep')
class DeepController {
  constructor(private readonly prices: DeepPrices) {}

  @Post()
  count() {
    return { pieces: this.prices.count() };
  }
}

@Controller('accessor')
class AccessorController {
  constructor(
    private readonly shop: ShopSession,
    private readonly sync: SessionSync,
  ) {}

  @Get()
  facts() {
    const current = this.sync.current<ShopSession>();
    return {
      isInstance: this.shop instanceof ShopSession,
      isSignedIn: this.shop.isSignedIn,
      json: JSON.stringify(this.shop),
      isNew: current.isNew,
      key: current.key ?? null,
    };
  }

  @Post('undeclared')
  undeclared() {
    try {
      Object.assign(this.shop, { leak: 1 });
      return 'leaked';
    } catch (error) {
      return (error as Error).name;
    }
  }

  @Get('closed')
  @NoSession()
  closed() {
    return codeOf(() => this.shop.visits);
  }

  @Sse('events')
  events(@CurrentSession() session: SessionState<ShopSession>) {
    return from([1, 2]).pipe(
      map((n) => ({ data: `${n} ${session.read('visits')} ${codeOf(() => session.set('visits', 1))}` })),
    );
  }

  @Post('later')
  later() {
    setTimeout(() => (seenLater = codeOf(() => this.shop.visits)), 20);
  }
}

let seenLater = '';

function codeOf(access: () => unknown): string {
  try {
    access();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

function shopModule(nats: EmbeddedNats, name: string) {
  @Module({
    imports: [
      SessionSyncModule.forRootAsync({
        session: ShopSession,
        name,
        useFactory: () => ({ nats: { servers: nats.url }, id: [cookie({ secure: false })] as const }),
      }),
    ],
    controllers: [GuardedController, EarlyController, DeepController, AccessorController],
    providers: [DeepPrices, { provide: 'PRICES', useClass: RequestPrices }],
  })
  class ScopesModule {}
  return ScopesModule;
}

describe.each(httpAdapters)('where a session is open, on $name', ({ create }) => {
  let nats: EmbeddedNats;
  let app: RunningApp;

  beforeAll(async () => {
    nats = await startNats();
    app = await listen(shopModule(nats, randomName('scopes')), create());
  });

  afterAll(async () => {
    await app?.close();
    await nats?.stop();
  });

  it('is in a guard that opens it: one unit with the handler', async () => {
    const browser = new HttpClient(app.url);
    expect((await browser.get('/guarded')).body).toEqual({ visits: 1 });
    expect((await browser.get('/guarded')).body).toEqual({ visits: 2 });
    expect((await browser.get('/guarded', { 'x-refuse': 'yes' })).status).toBe(403);
    expect((await browser.post('/guarded/failing')).status).toBe(403);
    expect((await browser.post('/guarded/without')).text).toBe('nothing asked');
    expect((await browser.get('/guarded')).body).toEqual({ visits: 4 });
  });

  it("isn't in a guard that doesn't", async () => {
    expect((await new HttpClient(app.url).get('/early')).status).toBe(500);
  });

  it('is in request-scoped providers however deep, through tokens of any kind', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/deep');
    expect((await browser.post('/deep')).body).toEqual({ pieces: 2 });
  });

  it('is behind the accessor object, which is otherwise closed', async () => {
    const browser = new HttpClient(app.url);
    expect((await browser.get('/accessor')).body).toEqual({
      isInstance: true,
      isSignedIn: false,
      json: '{}',
      isNew: true,
      key: null,
    });
    expect((await browser.post('/accessor/undeclared')).text).toBe('TypeError');
    expect((await browser.get('/accessor/closed')).text).toBe('SESSION_NOT_OPEN');
  });

  it('is over when the handler is', async () => {
    await new HttpClient(app.url).post('/accessor/later');
    await until(() => seenLater !== '', 'the late access');
    expect(seenLater).toBe('UNIT_ENDED');
  });

  it('is read-only in server-sent events', async () => {
    const { text } = await new HttpClient(app.url).get('/accessor/events');
    expect(text).toContain('data: 1 0 IMMUTABLE_ATTRIBUTE');
    expect(text).toContain('data: 2 0 IMMUTABLE_ATTRIBUTE');
  });
});

describe('two applications in one process', () => {
  it('share controller classes and never meet', async () => {
    const nats = await startNats();
    const [express, fastify] = httpAdapters;
    const one = await listen(shopModule(nats, randomName('one')), express!.create());
    const two = await listen(shopModule(nats, randomName('two')), fastify!.create());
    try {
      const browser = new HttpClient(one.url);
      await browser.post('/deep');
      const stranger = new HttpClient(two.url, {
        cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
      });
      expect((await stranger.get('/guarded')).body).toEqual({ visits: 1 });
      expect(two.get(SessionSync).stats().messages).toBe(1);
      await two.close();
      expect((await browser.post('/deep')).body).toEqual({ pieces: 2 });
    } finally {
      await one.close();
      await nats.stop();
    }
  });
});

describe('without SessionSyncModule', () => {
  it('controllers work in unit tests with stand-ins', async () => {
    const cart = new Cart();
    const module = await Test.createTestingModule({
      controllers: [DeepController, AccessorController],
      providers: [
        { provide: DeepPrices, useValue: { count: () => 7 } },
        { provide: ShopSession, useValue: Object.assign(new ShopSession(), { cart }) },
        { provide: SessionSync, useValue: {} },
      ],
    }).compile();
    expect(module.get(DeepController).count()).toEqual({ pieces: 7 });
    expect(module.get(AccessorController).closed()).toBe('none');
    await module.close();
  });
});
