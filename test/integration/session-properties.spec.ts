import {
  Controller,
  forwardRef,
  Get,
  Inject,
  Injectable,
  Module,
  Post,
  Sse,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { NoSession, ReadOnlySession, SessionAttr, SessionSync, SessionSyncModule } from 'nest-session-sync';
import type { DeepReadonly, SessionState } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { of } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpAdapters, listen, type RunningApp } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';

/** In a class of its own, to be extended. */
abstract class CountsVisits {
  @SessionAttr(ShopSession, 'visits') visits!: number;
}

@Controller('shop')
class ShopController extends CountsVisits {
  @SessionAttr('cart', { mutable: true }) cart!: Cart;
  @SessionAttr('cart') shown!: DeepReadonly<Cart>;
  // No field at all, as compilers without define semantics leave it.
  @SessionAttr('locale') declare locale: string;

  constructor() {
    super();
    // What compilers with define semantics make of `cart!: Cart`, whatever this test is compiled by.
    Object.defineProperty(this, 'cart', { value: undefined, writable: true, enumerable: true, configurable: true });
  }

  @Post('add')
  add() {
    this.cart.add('tea');
    this.visits += 1;
    this.locale = 'de';
    return { pieces: this.shown.pieces, visits: this.visits, locale: this.locale };
  }

  @Post('replace')
  replace() {
    this.cart = new Cart();
    this.cart.add('replaced', 5);
    return { pieces: this.cart.pieces };
  }

  @Get()
  @ReadOnlySession()
  show() {
    return {
      pieces: this.shown.pieces,
      isCart: this.shown instanceof Cart,
      add: codeOf(() => Object.assign(this.shown.lines, { 0: 'x' })),
      mutable: codeOf(() => this.cart.add('tea')),
      assign: codeOf(() => (this.visits = 1)),
      keys: Object.keys(this),
      visits: this.visits,
    };
  }

  @Get('closed')
  @NoSession()
  closed() {
    return codeOf(() => this.cart);
  }

  @Sse('events')
  events() {
    return of({ data: `${this.cart.pieces} ${codeOf(() => this.cart.add('tea'))}` });
  }
}

function codeOf(access: () => unknown): string {
  try {
    access();
    return 'none';
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
}

@Injectable()
class Pricing {
  @SessionAttr('cart', { mutable: true }) private readonly cart!: Cart;

  constructor(@Inject(forwardRef(() => Discounts)) readonly discounts: object) {}

  add(): number {
    this.cart.add('deep');
    return this.cart.pieces;
  }
}

@Injectable()
class Discounts {
  @SessionAttr('visits') visits!: number;

  constructor(@Inject(forwardRef(() => Pricing)) readonly pricing: Pricing) {}
}

/** Nothing of it says session: only what is injected, however deep, does. */
@Controller('deep')
class DeepController {
  constructor(private readonly discounts: Discounts) {}

  @Post()
  add() {
    this.discounts.visits += 1;
    return { pieces: this.discounts.pricing.add(), visits: this.discounts.visits };
  }
}

@Controller('value')
class ValueController {
  constructor(
    @Inject('VALUE') private readonly value: Discounts,
    @Inject('MADE') private readonly made: Discounts,
    private readonly pricing: Pricing,
  ) {}

  @Post()
  add() {
    this.value.visits += 1;
    this.made.visits += 10;
    return { visits: this.value.visits, pieces: this.pricing.add() };
  }
}

let readAtStart: unknown;

@Injectable()
class Warmer implements OnModuleInit {
  @SessionAttr('visits') visits!: number;

  constructor(private readonly sync: SessionSync) {}

  async onModuleInit() {
    const { key } = await this.sync.create();
    await this.sync.run(key, () => (this.visits = 7));
    readAtStart = await this.sync.run(key, (s: SessionState<ShopSession>) => [this.visits, s.read('visits')]);
  }
}

function shopModule(nats: EmbeddedNats, name: string): Type<object> {
  @Module({
    providers: [
      Pricing,
      Discounts,
      { provide: 'VALUE', useValue: Object.create(Discounts.prototype) as Discounts },
      { provide: 'MADE', inject: [Pricing], useFactory: async (pricing: Pricing) => new Discounts(pricing) },
    ],
    exports: [Discounts, Pricing, 'VALUE', 'MADE'],
  })
  class PricesModule {}
  @Module({
    imports: [
      SessionSyncModule.forRoot({ session: ShopSession, name, nats: { servers: nats.url } }),
      { module: PricesModule },
    ],
    controllers: [ShopController, DeepController, ValueController],
    providers: [Warmer],
  })
  class PropertiesModule {}
  return PropertiesModule;
}

describe.each(httpAdapters)('@SessionAttr on properties of singletons, on $name', ({ create }) => {
  let nats: EmbeddedNats;
  let app: RunningApp;

  beforeAll(async () => {
    nats = await startNats();
    app = await listen(shopModule(nats, randomName('properties')), create());
  });

  afterAll(async () => {
    await app?.close();
    await nats?.stop();
  });

  it('reads and writes the session of the running request, and of no other', async () => {
    const [ann, bob] = [new HttpClient(app.url), new HttpClient(app.url)];
    expect((await ann.post('/shop/add')).body).toEqual({ pieces: 1, visits: 1, locale: 'de' });
    expect((await bob.post('/shop/add')).body).toEqual({ pieces: 1, visits: 1, locale: 'de' });
    expect((await ann.post('/shop/add')).body).toEqual({ pieces: 2, visits: 2, locale: 'de' });
  });

  it('keeps parallel requests apart', async () => {
    const browsers = Array.from({ length: 8 }, () => new HttpClient(app.url));
    for (const pieces of [1, 2]) {
      const answers = await Promise.all(browsers.map((browser) => browser.post('/shop/add')));
      expect(answers.map(({ body }) => body)).toEqual(browsers.map(() => ({ pieces, visits: pieces, locale: 'de' })));
    }
  });

  it('assigns mutable attributes too', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/shop/add');
    expect((await browser.post('/shop/replace')).body).toEqual({ pieces: 5 });
    expect((await browser.get('/shop')).body).toMatchObject({ pieces: 5, visits: 1 });
  });

  it('is read-only without { mutable: true }, and altogether in a read-only unit', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/shop/add');
    expect((await browser.get('/shop')).body).toEqual({
      pieces: 1,
      isCart: true,
      add: 'TypeError',
      mutable: 'TypeError',
      assign: 'IMMUTABLE_ATTRIBUTE',
      keys: [],
      visits: 1,
    });
    expect((await browser.get('/shop/events')).text).toContain('data: 1 TypeError');
  });

  it('costs a reading client no message and no cookie', async () => {
    const browser = new HttpClient(app.url);
    const before = app.get(SessionSync).stats().messages;
    await browser.get('/shop');
    expect(browser.cookies.size).toBe(0);
    expect(app.get(SessionSync).stats().messages).toBe(before);
  });

  it('opens the session for all handlers of the controller but those that say no', async () => {
    expect((await new HttpClient(app.url).get('/shop/closed')).text).toBe('SESSION_NOT_OPEN');
  });

  it('opens it for a controller when only something injected has such a property, in circles too', async () => {
    const browser = new HttpClient(app.url);
    await browser.post('/deep');
    expect((await browser.post('/deep')).body).toEqual({ pieces: 2, visits: 2 });
  });

  it('works in values and in what factories make', async () => {
    expect((await new HttpClient(app.url).post('/value')).body).toEqual({ visits: 11, pieces: 1 });
  });

  it('is there when other modules initialise', () => {
    expect(readAtStart).toEqual([7, 7]);
  });

  it('needs a unit', () => {
    const controller = app.get(ShopController);
    expect(codeOf(() => controller.cart)).toBe('NO_UNIT');
    expect(codeOf(() => (controller.cart = new Cart()))).toBe('NO_UNIT');
    expect(() => controller.visits).toThrow(/ShopController\.visits/);
  });
});

describe('two applications with the same classes in one process', () => {
  it('never meet', async () => {
    const nats = await startNats();
    const [express, fastify] = httpAdapters;
    const one = await listen(shopModule(nats, randomName('one')), express!.create());
    const two = await listen(shopModule(nats, randomName('two')), fastify!.create());
    try {
      const sync = one.get(SessionSync);
      const { key } = await sync.create();
      const access = (app: RunningApp) => sync.run(key, () => codeOf(() => app.get(ShopController).visits));
      expect([await access(one), await access(two)]).toEqual(['none', 'NO_UNIT']);
      await two.close();
      expect((await new HttpClient(one.url).post('/shop/add')).body).toMatchObject({ pieces: 1 });
    } finally {
      await one.close();
      await nats.stop();
    }
  });
});

describe('without SessionSyncModule', () => {
  it('such a property is an ordinary one, for unit tests', async () => {
    const module = await Test.createTestingModule({ controllers: [ShopController] }).compile();
    await module.init();
    const controller = module.get(ShopController);
    const cart = new Cart();
    Object.assign(controller, { cart, shown: cart, visits: 1 });
    expect(controller.add()).toEqual({ pieces: 1, visits: 2, locale: 'de' });
    await module.close();
  });
});
