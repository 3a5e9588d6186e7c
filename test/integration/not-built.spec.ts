import { Controller, Get, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  cookie,
  InvalidOptionsError,
  SessionAttr,
  SessionLock,
  SessionState,
  SessionSync,
  SessionSyncModule,
} from 'nest-session-sync';
import * as door from 'nest-session-sync';
import { createSessionSync } from 'nest-session-sync/standalone';
import { describe, expect, it } from 'vitest';
import { Cart, ShopSession } from '../support/shop-session.js';

// What is designed but not built: refused before anything is connected, by a sentence that names it, or not there at all.

/** Nobody listens there. */
const nats = { servers: 'nats://127.0.0.1:1' };

async function problemsAtStart(metadata: ModuleMetadata): Promise<string> {
  @Module(metadata)
  class RefusedModule {}
  const started = NestFactory.createApplicationContext(RefusedModule, { logger: false, abortOnError: false });
  return problemsOf(started);
}

async function problemsOf(started: Promise<unknown>): Promise<string> {
  const error: unknown = await started.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidOptionsError);
  return (error as InvalidOptionsError).problems.join('\n');
}

const root = (options: object = {}) => SessionSyncModule.forRoot({ session: ShopSession, nats, ...options });

function declaredWith(options: object): Type<object> {
  class DeclaredSession {
    @SessionAttr(options) userId: string = '';
  }
  return DeclaredSession;
}

function parameterWith(options: object): Type<object> {
  @Controller()
  class Handlers {
    @Get()
    get(@SessionAttr('cart', options) _cart: Cart) {}
  }
  return Handlers;
}

function lockedWith(...lock: unknown[]): Type<object> {
  @Controller()
  class Handlers {
    @Get()
    @((SessionLock as (...args: unknown[]) => MethodDecorator)(...lock))
    get(@SessionAttr('cart') _cart: Cart) {}
  }
  return Handlers;
}

class OtherSession {
  @SessionAttr() x: number = 0;
}

@Controller()
class ReadsOther {
  @Get()
  get(@SessionAttr(OtherSession, 'x') _x: number) {}
}

describe('what is not built yet', () => {
  it.each<[string, RegExp, ModuleMetadata]>([
    ...[
      { lock: 'exclusive' },
      { leaseMs: 15_000 },
      { waitMs: 5_000 },
      { maxHoldMs: 30_000 },
      { maxWaiters: 10 },
      { sticky: 'adaptive' },
      { onUnavailable: 'fail' },
      { encryption: {} },
      { maxPerUser: 3 },
    ].map((option): [string, RegExp, ModuleMetadata] => {
      const [name = ''] = Object.keys(option);
      return [`module option ${name}`, new RegExp(`^option "${name}" isn't built yet`), { imports: [root(option)] }];
    }),
    ['several shards', /^store\.shards: 4 shards aren't built yet/, { imports: [root({ store: { shards: 4 } })] }],
    ['a second root', /further ones aren't built yet/, { imports: [root(), root({ name: 'second' })] }],
    ...['index', 'lazy', 'lock'].map((name): [string, RegExp, ModuleMetadata] => [
      `attribute option ${name}`,
      new RegExp(`^DeclaredSession: @SessionAttr\\(\\) userId: option "${name}" isn't built yet`),
      { imports: [root({ session: declaredWith({ [name]: true }) })] },
    ]),
    ...['lazy', 'lock'].map((name): [string, RegExp, ModuleMetadata] => [
      `parameter option ${name}`,
      new RegExp(`^Handlers\\.get: @SessionAttr\\('cart'\\): option "${name}" isn't built yet`),
      { imports: [root()], controllers: [parameterWith({ [name]: true })] },
    ]),
    [
      'the exclusive lock',
      /^Handlers\.get: @SessionLock\("exclusive"\) isn't built yet; 'optimistic' is/m,
      { imports: [root()], controllers: [lockedWith('exclusive', { waitMs: 2000 })] },
    ],
    [
      'options of a lock',
      /^Handlers\.get: @SessionLock: options aren't built yet/,
      { imports: [root()], controllers: [lockedWith('optimistic', { waitMs: 2000 })] },
    ],
    [
      'a further session class',
      /^ReadsOther\.get: @SessionAttr\('x'\) of OtherSession: .* aren't built yet/,
      { imports: [root()], controllers: [ReadsOther] },
    ],
  ])('is refused at start: %s', async (_what, refusal, metadata) => {
    expect(await problemsAtStart(metadata)).toMatch(refusal);
  });

  it.each<[object, string]>([
    [{ lock: 'exclusive' }, `lock: "exclusive" isn't built yet`],
    [{ waitMs: 500 }, `option "waitMs" isn't built yet`],
    [{ leaseMs: 500 }, `option "leaseMs" isn't built yet`],
    [{ colour: 'red' }, `unknown option "colour"`],
  ])('is refused by sync.run(): %o', async (options, refusal) => {
    const run = SessionSync.prototype.run.call({}, 'A'.repeat(43) as never, options, () => 1);
    expect(await problemsOf(run)).toContain(refusal);
  });

  it('is refused without Nest as well', async () => {
    const options = { session: ShopSession, nats, leaseMs: 1, id: [cookie()] };
    const started = createSessionSync(options);
    expect(await problemsOf(started)).toMatch(/^option "leaseMs" isn't built yet[^]*unknown option "id"/);
  });

  it.each<[string, object, readonly string[]]>([
    ['the package', door, ['InjectSession', 'LockTimeoutError', 'DelegationEndedError']],
    ['SessionSyncModule', SessionSyncModule, ['forFeature', 'forFeatureAsync']],
    ['SessionState', SessionState.prototype, ['lock', 'changes', 'heldHere']],
    ['SessionSync', SessionSync.prototype, ['findBy', 'endAll']],
  ])("isn't there: names of %s", (_what, owner, names) => {
    expect(names.filter((name) => name in owner)).toEqual([]);
  });
});
