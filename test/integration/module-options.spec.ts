import { Controller, Get, Injectable, Module, Post, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  cookie,
  CurrentSession,
  header,
  InvalidOptionsError,
  NoSession,
  ReadOnlySession,
  SessionAttr,
  SessionLock,
  SessionState,
  SessionSyncModule,
  type SessionSyncFactoryOptions,
} from 'nest-session-sync';
import { describe, expect, it } from 'vitest';
import { Cart, ShopSession } from '../support/shop-session.js';

/** Nobody listens there: options are refused before anything is connected. */
const nats = { servers: 'nats://127.0.0.1:1' };

async function refusal(metadata: ModuleMetadata): Promise<readonly string[]> {
  @Module(metadata)
  class RefusedModule {}
  const started = NestFactory.createApplicationContext(RefusedModule, { logger: false, abortOnError: false });
  const error: unknown = await started.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidOptionsError);
  return (error as InvalidOptionsError).problems;
}

function root(options: object): DynamicModule {
  return SessionSyncModule.forRoot({ session: ShopSession, nats, ...options });
}

describe('options of the module', () => {
  it('are refused all at once, each problem by name', async () => {
    const problems = await refusal({
      imports: [
        root({
          leaseMs: 5,
          lock: 'exclusive',
          colour: 'red',
          idleMs: -1,
          onUndecodable: 'ignore',
          maxSessionBytes: 0,
          store: { shards: 4 },
          id: [cookie({ secrets: [''] as never })],
        }),
      ],
    });
    expect(problems).toEqual([
      expect.stringContaining(`option "leaseMs" isn't built yet`),
      expect.stringContaining(`option "lock" isn't built yet`),
      expect.stringContaining(`unknown option "colour"`),
      expect.stringContaining('store.shards'),
      expect.stringContaining('idleMs'),
      "onUndecodable must be 'throw', 'dropAttribute' or 'freshSession'.",
      expect.stringContaining('maxSessionBytes: must be a whole number, at least 1'),
      expect.stringContaining('secrets must be a list of non-empty strings'),
    ]);
  });

  it.each([
    ['no places', [], 'id must be a list'],
    ['a string', ['cookie'], 'id[0] must be made by cookie() or header()'],
    ['an unknown cookie option', [cookie({ domain: 'x' } as object)], `unknown option 'domain'`],
    [
      'a __Host- cookie without TLS',
      [cookie({ name: '__Host-x', secure: false })],
      'browsers drop a cookie named __Host-x',
    ],
    ['SameSite=None without TLS', [cookie({ sameSite: 'none', secure: false })], `browsers drop sameSite 'none'`],
    ['no header name', [header('x y')], `the header's name is no name`],
    ['one place twice', [header('x-a'), header('X-A')], 'id[1]: header x-a is there twice'],
  ])('refuse ids with %s', async (_what, id, problem) => {
    expect(await refusal({ imports: [root({ id })] })).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    [
      'no place',
      undefined,
      "nats: say where NATS is, by one of { servers: 'nats://…' }, { connection } and 'embedded'.",
    ],
    ['an address alone', 'nats://127.0.0.1:1', 'nats: say where NATS is'],
    ['two places', { ...nats, connection: {} }, 'nats: say where NATS is'],
    ['an empty list', { servers: [] }, "nats.servers: must be an address such as 'nats://host:4222'"],
    ['a port', { servers: 4222 }, "nats.servers: must be an address such as 'nats://host:4222'"],
    [
      'an option beside a connection',
      { connection: {}, user: 'x' },
      'nats: unknown option "user"; known are connection',
    ],
    ['an option beside embedded', { embedded: {}, port: 1 }, 'nats: unknown option "port"; known are embedded'],
    ['no options of embedded', { embedded: true }, 'nats.embedded: must be an object of options'],
    [
      'an unknown option of embedded',
      { embedded: { dir: 'x' } },
      'nats.embedded: unknown option "dir"; known are dataDir',
    ],
  ])('refuse %s for NATS', async (_what, where, problem) => {
    expect(await refusal({ imports: [root({ nats: where })] })).toEqual([expect.stringContaining(problem)]);
  });

  it('refuse a missing session class and a name that is no subject, saying what to do', async () => {
    expect(await refusal({ imports: [root({ session: undefined, name: 'my.shop' })] })).toEqual([
      expect.stringMatching(/^session: the session class is missing\. Give the class itself; .* import each other/),
      `name: "my.shop" isn't 1 to 64 letters, digits, "_" and "-".`,
    ]);
  });

  it.each<[string, object, readonly unknown[]]>([
    ['without a factory', {}, ['forRootAsync() needs one of useFactory, useClass, useExisting, not 0.']],
    ['with two', { useFactory: () => ({ nats }), useClass: Object }, [expect.stringContaining('not 2.')]],
    [
      'with options beside the factory',
      { useFactory: () => ({ nats }), idleMs: 5_000, colour: 'red' },
      [
        'idleMs: belongs into what the factory of forRootAsync() returns, not beside it.',
        'colour: belongs into what the factory of forRootAsync() returns, not beside it.',
      ],
    ],
    [
      'when the factory returns nothing',
      { useFactory: () => undefined },
      ['the factory of forRootAsync() must return an object of options, not undefined.'],
    ],
  ])('are refused %s', async (_what, source, problems) => {
    const module = SessionSyncModule.forRootAsync({ session: ShopSession, ...source } as never);
    expect(await refusal({ imports: [module] })).toEqual(problems);
  });

  it('come from a factory as well', async () => {
    const module = SessionSyncModule.forRootAsync({
      session: ShopSession,
      useFactory: () => ({ nats, waitMs: 3 }) as never,
    });
    expect(await refusal({ imports: [module] })).toEqual([expect.stringContaining(`option "waitMs" isn't built yet`)]);
  });

  it('are refused from a factory where Nest must know them before', async () => {
    const module = SessionSyncModule.forRootAsync({
      session: ShopSession,
      useFactory: () => ({ nats, name: 'shop', isGlobal: false }) as never,
    });
    expect(await refusal({ imports: [module] })).toEqual([
      expect.stringContaining('name: belongs beside the factory'),
      expect.stringContaining('isGlobal: belongs beside the factory'),
    ]);
  });

  it('come from what a factory gets injected, from a class, and from one that exists', async () => {
    @Injectable()
    class Settings {
      readonly store = { shards: 3 };

      createSessionSyncOptions(): SessionSyncFactoryOptions {
        return { nats, store: this.store };
      }
    }
    @Module({ providers: [Settings], exports: [Settings] })
    class SettingsModule {}
    const common = { session: ShopSession, name: 'shop', imports: [SettingsModule] };
    for (const module of [
      SessionSyncModule.forRootAsync({
        ...common,
        inject: [Settings],
        useFactory: (settings: Settings) => ({ nats, store: settings.store }),
      }),
      SessionSyncModule.forRootAsync({ ...common, useClass: Settings }),
      SessionSyncModule.forRootAsync({ ...common, useExisting: Settings }),
    ]) {
      expect(await refusal({ imports: [module] })).toEqual([expect.stringContaining('store.shards: 3')]);
    }
  });

  it('allow one root', async () => {
    expect(await refusal({ imports: [root({}), root({})] })).toEqual([
      expect.stringMatching(/imported twice: .* Import it once, in the root module/),
    ]);
  });
});

describe('session classes', () => {
  it('are refused with #private fields, also where they are held', async () => {
    class Secretive {
      #count = 0;
      next() {
        return ++this.#count;
      }
    }
    class Holder {
      @SessionAttr({ mutable: true }) secretive: Secretive = new Secretive();
    }
    expect(await refusal({ imports: [root({ session: Holder })] })).toEqual([
      expect.stringMatching(/Holder: Secretive has #private fields/),
    ]);
  });

  it('are refused when they hold two classes of one name', async () => {
    const first = class Twin {};
    const second = class Twin {};
    class Holder {
      @SessionAttr({ mutable: true, type: () => first }) one = new first();
      @SessionAttr({ mutable: true, type: () => second }) two = new second();
    }
    expect(await refusal({ imports: [root({ session: Holder })] })).toEqual([
      expect.stringContaining('two classes are named Twin'),
    ]);
  });

  it('are refused without attributes', async () => {
    class Empty {}
    expect(await refusal({ imports: [root({ session: Empty })] })).toEqual([
      expect.stringContaining('declares no attribute'),
    ]);
  });
});

describe('session decorators', () => {
  it('are refused where they mean nothing, all at once', async () => {
    class OtherSession {
      @SessionAttr() x: number = 0;
    }
    @Injectable()
    class Holder {
      @SessionAttr() cart!: Cart;
    }
    @Controller()
    class Misuser {
      constructor(@SessionAttr('cart') readonly cart: unknown) {}

      @Get('a')
      @ReadOnlySession()
      readOnly(@SessionAttr('cart', { mutable: true }) _cart: Cart) {}

      @Get('b')
      misspelt(@SessionAttr('crat') _cart: Cart) {}

      @Get('c')
      immutable(@SessionAttr('visits', { mutable: true }) _visits: number) {}

      @Get('d')
      @SessionLock('exclusive' as never)
      locked(@SessionAttr('cart') _cart: Cart) {}

      @Get('e')
      @NoSession()
      closed(@CurrentSession() _session: SessionState<ShopSession>) {}

      @Get('f')
      other(@SessionAttr(OtherSession, 'x') _x: number) {}

      @Get('g')
      lazily(@SessionAttr('cart', { lazy: true } as object) _cart: Cart) {}

      @Post('h')
      @SessionLock('optimistic')
      right(@SessionAttr(ShopSession, 'cart', { mutable: true }) _cart: Cart) {}
    }
    const problems = await refusal({
      imports: [root({})],
      controllers: [Misuser],
      providers: [Holder],
    });
    for (const expected of [
      /Holder\.cart: @SessionAttr\(\) without a name declares/,
      /Misuser: @SessionAttr\(\) on a parameter of the constructor/,
      /Misuser\.readOnly: .* read-only session/,
      /Misuser\.misspelt: .* declares no such attribute; it has userId, locale, cart, visits/,
      /Misuser\.immutable: .* declared without \{ mutable: true \}/,
      /Misuser\.locked: @SessionLock\("exclusive"\) isn't built yet/,
      /Misuser\.closed: @NoSession\(\)/,
      /Misuser\.other: .* aren't built yet/,
      /Misuser\.lazily: .*option "lazy" isn't built yet/,
    ]) {
      expect(problems).toContainEqual(expect.stringMatching(expected));
    }
    expect(problems).toHaveLength(9);
  });
});
