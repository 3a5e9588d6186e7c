import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  ParseIntPipe,
  Scope,
  UseGuards,
  type CanActivate,
  type ModuleMetadata,
} from '@nestjs/common';
import { NestFactory, REQUEST } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { InvalidOptionsError, SessionAttr, SessionState, SessionSyncModule } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomName, startNats } from '../support/nats-server.js';
import { Cart, ShopSession } from '../support/shop-session.js';

// What can be wrong about @SessionAttr on a property of a controller or provider, and the sentence that is told.

const anywhere = SessionAttr as (...args: unknown[]) => (target: object, key: string, place?: unknown) => void;

class OtherSession {
  @SessionAttr() x: number = 0;
}

@Injectable()
class Misspelt {
  @SessionAttr('crat') cart!: Cart;
  @SessionAttr('visits', { mutable: true }) visits!: number;
  @SessionAttr(OtherSession, 'x') x!: number;
  @anywhere('cart', { lazy: true, colour: 'red', mutable: 1 }) lazy!: Cart;
}

@Controller()
class Misplaced {
  @SessionAttr() cart!: Cart;
  @anywhere('cart', ParseIntPipe) piped!: number;
  @SessionAttr('cart') static shared: Cart;

  @anywhere('cart')
  get computed(): number {
    return 1;
  }

  @Get()
  @anywhere('cart')
  method() {}
}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  @SessionAttr('cart') cart!: Cart;
}

@Injectable({ scope: Scope.TRANSIENT })
class PerInjection {
  @SessionAttr('cart') cart!: Cart;
}

@Injectable()
class Beside {
  constructor(readonly session: SessionState<ShopSession>) {}
}

/** Made for each request only because of what stands two steps down. */
@Controller()
class InjectsState {
  @SessionAttr('cart') cart!: Cart;

  constructor(readonly beside: Beside) {}
}

@Injectable()
class InjectsRequest {
  @SessionAttr('cart') cart!: Cart;

  constructor(@Inject(REQUEST) readonly request: unknown) {}
}

@Injectable({ scope: Scope.REQUEST })
class RequestGuard implements CanActivate {
  canActivate() {
    return true;
  }
}

@Controller()
class Guarded {
  @SessionAttr('cart') cart!: Cart;

  @Get()
  @UseGuards(RequestGuard)
  get() {}
}

@Injectable()
class SingletonGuard implements CanActivate {
  @SessionAttr('crat') cart!: Cart;

  canActivate() {
    return true;
  }
}

@Controller()
class GuardedBySingleton {
  @Get()
  @UseGuards(SingletonGuard)
  get() {}
}

class NamedSession {
  @SessionAttr('kart') cart: Cart = new Cart();
  @SessionAttr() visits: number = 0;
  @SessionAttr() static shared: number = 1;
}

async function problemsOf(started: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await started.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidOptionsError);
  return (error as InvalidOptionsError).problems;
}

function problemsAtStart(metadata: ModuleMetadata, session: new () => object = ShopSession) {
  // Nobody listens there: all of it is told before anything is connected.
  const root = SessionSyncModule.forRoot({ session, nats: { servers: 'nats://127.0.0.1:1' } });
  @Module({ ...metadata, imports: [root] })
  class RefusedModule {}
  return problemsOf(NestFactory.create(RefusedModule, new ExpressAdapter(), { logger: false, abortOnError: false }));
}

const notASingleton = (name: string, reason: string) =>
  `${name}.cart: @SessionAttr('cart') on a property works in singletons, and ${name} ${reason}: inject SessionState, or ShopSession, instead.`;
const perRequest = 'is request-scoped, by its own scope or by what it injects or is guarded by';

describe('a mistake with @SessionAttr on a property is told at start, with all others', () => {
  it('attributes, options and places that do not exist', async () => {
    expect(await problemsAtStart({ providers: [Misspelt], controllers: [Misplaced] })).toEqual([
      '@SessionAttr() on Misplaced.piped: pipes work on parameters of handlers. Leave them out on a property.',
      '@SessionAttr() on Misplaced.shared: a static property belongs to no session. Leave out static.',
      '@SessionAttr() on Misplaced.computed: it is a method, a getter or an accessor. Decorate a plain property: @SessionAttr(…) name!: Type.',
      '@SessionAttr() on Misplaced.method: it is a method, a getter or an accessor. Decorate a plain property: @SessionAttr(…) name!: Type.',
      "Misplaced.cart: @SessionAttr() without a name declares an attribute of a session class. On a controller or provider name the attribute, @SessionAttr('cart'), or inject ShopSession.",
      "Misspelt.cart: @SessionAttr('crat'): ShopSession declares no such attribute; it has userId, locale, cart, visits.",
      "Misspelt.visits: @SessionAttr('visits') is asked for as mutable, but declared without { mutable: true }: it changes by assignment only.",
      "Misspelt.x: @SessionAttr('x') of OtherSession: session classes beside the module's own aren't built yet.",
      `Misspelt.lazy: @SessionAttr('cart'): option "lazy" isn't built yet. Leave it out.`,
      `Misspelt.lazy: @SessionAttr('cart'): unknown option "colour"; known is mutable.`,
      "Misspelt.lazy: @SessionAttr('cart'): mutable must be true or false.",
    ]);
  });

  it('classes that are no singletons', async () => {
    const controllers = [InjectsState, Guarded];
    const providers = [PerRequest, PerInjection, InjectsRequest, Beside];
    expect(await problemsAtStart({ controllers, providers })).toEqual([
      notASingleton('InjectsState', perRequest),
      notASingleton('Guarded', perRequest),
      notASingleton('PerRequest', perRequest),
      notASingleton('PerInjection', 'is transient'),
      notASingleton('InjectsRequest', perRequest),
    ]);
  });

  it('guards, and values as far as they can be seen', async () => {
    const providers = [{ provide: 'VALUE', useValue: Object.create(Misspelt.prototype) as object }];
    const problems = await problemsAtStart({ controllers: [GuardedBySingleton], providers });
    expect(problems.filter((problem) => problem.includes('crat'))).toEqual([
      expect.stringMatching(/^Misspelt\.cart:/),
      expect.stringMatching(/^SingletonGuard\.cart:/),
    ]);
  });

  it('session classes that ask instead of declaring', async () => {
    expect(await problemsAtStart({}, NamedSession)).toEqual([
      '@SessionAttr() on NamedSession.shared: a static property belongs to no session. Leave out static.',
      "NamedSession.cart: @SessionAttr('kart') with a name is for controllers and providers. In a session class the property's own name is the attribute's: write @SessionAttr().",
    ]);
  });

  it('nothing of it stays on classes that made no mistake', async () => {
    expect(Reflect.getOwnMetadataKeys(Function)).toEqual([]);
    expect(Object.getOwnPropertySymbols(Function)).toEqual([]);
  });
});

@Injectable()
class Initialised {
  @SessionAttr('cart') cart: Cart = new Cart();
  @SessionAttr('visits') visits!: number;

  constructor() {
    this.visits = 0;
  }
}

@Injectable()
class Right {
  @SessionAttr('cart') cart!: Cart;
}

describe('what only an instance shows is told when the application initialises', () => {
  let nats: EmbeddedNats;

  beforeAll(async () => {
    nats = await startNats();
  });

  afterAll(() => nats?.stop());

  it('initialisers, frozen objects, and wrong classes that factories make', async () => {
    const root = SessionSyncModule.forRoot({
      session: ShopSession,
      name: randomName('late'),
      nats: { servers: nats.url },
    });
    @Module({
      imports: [root],
      providers: [
        Initialised,
        Right,
        { provide: 'FROZEN', useFactory: () => Object.freeze(new Right()) },
        { provide: 'WRONG', useFactory: () => Object.create(Misspelt.prototype) as object },
        { provide: 'NULL', useFactory: () => null },
        { provide: 'BARE', useFactory: () => Object.create(null) as object },
      ],
    })
    class LateModule {}
    const app = await NestFactory.create(LateModule, new ExpressAdapter(), { logger: false, abortOnError: false });
    const because =
      "leads to the session, so nothing else may be in it: leave out its initialiser, and don't assign it in the constructor. A default stands in the session class.";
    const problems = await problemsOf(app.init());
    expect(problems.slice(0, 3)).toEqual([
      `Initialised.cart: @SessionAttr('cart') ${because}`,
      `Initialised.visits: @SessionAttr('visits') ${because}`,
      "Right.cart: @SessionAttr('cart') can't be put on a frozen object: provide an object that isn't, or inject the session class.",
    ]);
    expect(problems[3]).toMatch(/^Misspelt\.cart: @SessionAttr\('crat'\): ShopSession declares no such attribute/);
    // All or none.
    expect(app.get(Right).cart).toBeUndefined();
    await app.close();
  });
});
