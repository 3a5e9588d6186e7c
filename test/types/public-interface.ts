import { Controller, Get, Injectable, ParseIntPipe } from '@nestjs/common';
import {
  Counter,
  SessionAttr,
  SessionLock,
  SessionSyncModule,
  type AttributeName,
  type DeepReadonly,
  type AttributeValidator,
  type SessionState,
  type SessionSync,
  type SessionSyncModuleOptions,
} from 'nest-session-sync';
import { validateSync } from 'class-validator';
import { createSessionSync } from 'nest-session-sync/standalone';
import { z } from 'zod';

// Compiled with the tests, never run: what the compiler must accept, and, after each "expect-error", what it must refuse.

class Cart {
  lines: { sku: string; qty: number }[] = [];
  prices = new Map<string, { cents: number }>();
  tags = new Set<string>();
  created = new Date();
  bytes = new Uint8Array(4);
  pair: [string, { n: number }] = ['a', { n: 1 }];
  note?: string;
  add(sku: string): void {
    this.lines.push({ sku, qty: 1 });
  }
}

class ShopSession {
  @SessionAttr() userId?: string;
  @SessionAttr({ mutable: true, type: () => Cart }) cart: Cart = new Cart();
  @SessionAttr({ merge: Counter }) visits: number = 0;
  @SessionAttr({ merge: (base: string[], ours: string[], theirs: string[]) => [...base, ...ours, ...theirs] })
  log: string[] = [];
  @SessionAttr({
    version: 3,
    migrate: { 1: (old: { dark: boolean }) => (old.dark ? 1 : 0), 2: (old: number) => `${old}` },
  })
  theme: string = '';
  @SessionAttr({ version: 2, onUndecodable: 'dropAttribute' }) draft: string = '';
  // @ts-expect-error a step for each version that there was, not one function for all
  @SessionAttr({ version: 2, migrate: (old: unknown) => old }) a: string = '';
  // @ts-expect-error versions are numbers
  @SessionAttr({ version: '2' }) b: string = '';
  // @ts-expect-error steps are named by the version they start from
  @SessionAttr({ version: 2, migrate: { one: (old: unknown) => old } }) c: string = '';
  // @ts-expect-error no such policy
  @SessionAttr({ onUndecodable: 'ignore' }) d: string = '';
  @SessionAttr({ merge: 'retry', compare: 'binary', maxBytes: 100, secret: true }) card: string = '';
  @SessionAttr({ compare: (before: Cart, after: Cart) => before.note === after.note }) noted: Cart = new Cart();
  @SessionAttr({ compare: 'equals', default: () => new Cart(), validate: validateSync }) basket!: Cart;
  @SessionAttr({ validate: z.array(z.string()), mutable: true }) tags: string[] = [];
  @SessionAttr({ default: () => 0, validate: (n) => n > 0 || 'at least 1' }) chosen!: number;
  @SessionAttr({ local: true, default: () => () => 'pong' }) ping!: unknown;
  // @ts-expect-error a default is made by a function
  @SessionAttr({ default: 'en' }) language!: string;
  // @ts-expect-error no such comparator
  @SessionAttr({ compare: 'deep' }) compared: string = '';
  // @ts-expect-error a comparator answers whether both are equal, at once
  @SessionAttr({ compare: async () => true }) late: string = '';
  // @ts-expect-error a validator answers at once
  @SessionAttr({ validate: async () => true }) lateToo: string = '';
  // @ts-expect-error a number of bytes
  @SessionAttr({ maxBytes: '10 kB' }) sized: string = '';
  // @ts-expect-error yes or no
  @SessionAttr({ secret: 'yes' }) pin: string = '';
  // @ts-expect-error not built yet
  @SessionAttr({ index: true }) email: string = '';
  // @ts-expect-error no such policy
  @SessionAttr({ merge: 'firstWriteWins' }) locale: string = 'en';
  // @ts-expect-error a class is named by a function, for classes that are declared later
  @SessionAttr({ type: 'Date' }) lastSeen: Date | null = null;
  greet(): string {
    return `Hello ${this.userId ?? 'stranger'}`;
  }
}

const nats = { servers: ['nats://127.0.0.1:4222'] };
declare const session: SessionState<ShopSession>;
declare const cart: DeepReadonly<Cart>;
declare const sync: SessionSync;
declare const key: Parameters<SessionSync['end']>[0];

export function options(): void {
  const right: SessionSyncModuleOptions = {
    session: ShopSession,
    name: 'shop',
    nats,
    store: { shards: 1, replicas: 3 },
  };
  SessionSyncModule.forRoot(right);
  SessionSyncModule.forRoot({ session: ShopSession, nats: 'embedded', idleMs: 60_000, maxSessionBytes: 100_000 });
  SessionSyncModule.forRoot({ session: ShopSession, nats, onUndecodable: 'freshSession' });
  // @ts-expect-error no such policy
  SessionSyncModule.forRoot({ session: ShopSession, nats, onUndecodable: 'ignore' });
  SessionSyncModule.forRoot({ session: ShopSession, nats: { embedded: { dataDir: 'data' } } });
  // @ts-expect-error NATS must be named
  SessionSyncModule.forRoot({ session: ShopSession });
  // @ts-expect-error an address stands under servers
  SessionSyncModule.forRoot({ session: ShopSession, nats: 'nats://127.0.0.1:4222' });
  // @ts-expect-error a class, not an instance
  SessionSyncModule.forRoot({ session: new ShopSession(), nats });
  // @ts-expect-error left out rather than undefined (exactOptionalPropertyTypes)
  SessionSyncModule.forRoot({ session: ShopSession, nats, name: undefined });
  // @ts-expect-error not built yet
  SessionSyncModule.forRoot({ session: ShopSession, nats, leaseMs: 15_000 });
  // @ts-expect-error not built yet
  SessionSyncModule.forRoot({ session: ShopSession, nats, onUnavailable: 'fail' });
  // @ts-expect-error not built yet
  SessionSyncModule.forRoot({ session: ShopSession, nats, encryption: {} });
  // @ts-expect-error not built yet
  SessionSyncModule.forRoot({ session: ShopSession, nats, sticky: 'adaptive' });
  // @ts-expect-error not built yet
  SessionSyncModule.forFeature(ShopSession);
  // @ts-expect-error belongs into what the factory returns
  SessionSyncModule.forRootAsync({ session: ShopSession, idleMs: 60_000, useFactory: () => ({ nats }) });
  // @ts-expect-error one of useFactory, useClass, useExisting
  SessionSyncModule.forRootAsync({ session: ShopSession });
  // @ts-expect-error the id of a client is a matter of the Nest module
  void createSessionSync({ session: ShopSession, nats, id: [] });
}

@Controller()
export class HandlerParameters {
  @Get()
  right(
    @SessionAttr('cart', { mutable: true }) _a: Cart,
    @SessionAttr(ShopSession, 'visits', ParseIntPipe) _b: number,
    @SessionAttr(ShopSession, 'cart', { mutable: true }, new ParseIntPipe()) _c: number,
  ): void {}

  // @ts-expect-error the session class has no such attribute
  misspelt(@SessionAttr(ShopSession, 'crat') _cart: Cart): void {}

  // @ts-expect-error a method is no attribute
  method(@SessionAttr(ShopSession, 'greet') _greet: unknown): void {}

  // @ts-expect-error an attribute's name is needed on a parameter
  nameless(@SessionAttr() _cart: Cart): void {}

  // @ts-expect-error options of a declaration are none of a parameter
  declared(@SessionAttr('cart', { merge: Counter }) _cart: Cart): void {}

  // @ts-expect-error not built yet
  lazy(@SessionAttr('cart', { lazy: true }) _cart: Cart): void {}

  // @ts-expect-error not built yet
  @SessionLock('exclusive', { waitMs: 2000 })
  locked(): void {}

  // @ts-expect-error a decorator of properties and parameters, not of methods
  @SessionAttr('cart')
  decorated(): void {}
}

@Injectable()
export class Properties {
  @SessionAttr('cart') read!: DeepReadonly<Cart>;
  @SessionAttr('cart', { mutable: true }) mutable!: Cart;
  @SessionAttr(ShopSession, 'visits') declare checked: number;
  @SessionAttr(ShopSession, 'cart', { mutable: true }) checkedAndMutable!: Cart;
  // @ts-expect-error the session class has no such attribute
  @SessionAttr(ShopSession, 'crat') misspelt!: Cart;
  // @ts-expect-error a method is no attribute
  @SessionAttr(ShopSession, 'greet') method!: unknown;
  // @ts-expect-error pipes are for parameters
  @SessionAttr('visits', ParseIntPipe) piped!: number;
  // @ts-expect-error pipes are for parameters
  @SessionAttr(ShopSession, 'visits', {}, new ParseIntPipe()) pipedAndChecked!: number;
  // @ts-expect-error a field, not an accessor
  @SessionAttr('cart') accessor accessor!: Cart;
  // @ts-expect-error options of a declaration are none of a property that asks
  @SessionAttr('cart', { merge: Counter }) declared!: Cart;
}

export function members(): void {
  session.mutate('cart').add(session.read('userId') ?? '');
  session.set('visits', 1);
  session.update('visits', (visits) => visits + 1);
  session.update('cart', (mine) => mine.add('tea'));
  const names: AttributeName<ShopSession>[] = [
    'userId',
    'cart',
    'visits',
    'log',
    'theme',
    'email',
    'locale',
    'lastSeen',
  ];
  session.delete(names[0] ?? 'cart');
  // @ts-expect-error no such attribute
  session.read('crat');
  // @ts-expect-error a method is no attribute
  session.read('greet');
  // @ts-expect-error another type
  session.set('visits', 'one');
  // @ts-expect-error synchronous, or the change would come after the commit
  session.update('visits', async (visits) => visits + 1);
  // @ts-expect-error what is read isn't written to
  session.read('cart').lines.push({ sku: 'tea', qty: 1 });
  // @ts-expect-error a fact, not a setting
  session.revision = 1;
  // @ts-expect-error not built yet
  void session.lock('cart');
  // @ts-expect-error not built yet
  session.changes();
  // @ts-expect-error not built yet
  void session.heldHere;
  // @ts-expect-error not built yet
  void session.regenerate({ keepOld: true });
}

export function readOnly(): string | undefined {
  cart.lines.map(({ sku }) => sku);
  cart.prices.get('tea')?.cents.toFixed();
  cart.created.getTime();
  // @ts-expect-error an element
  cart.lines[0] = { sku: 'tea', qty: 1 };
  // @ts-expect-error a property of an element
  for (const line of cart.lines) line.qty = 2;
  // @ts-expect-error a method that writes
  cart.lines.reverse();
  // @ts-expect-error the whole list
  cart.lines = [];
  // @ts-expect-error an entry
  cart.prices.set('tea', { cents: 1 });
  // @ts-expect-error inside an entry
  cart.prices.get('tea')!.cents = 1;
  // @ts-expect-error a member
  cart.tags.add('new');
  // @ts-expect-error a date
  cart.created.setTime(0);
  // @ts-expect-error a byte
  cart.bytes[0] = 1;
  // @ts-expect-error a property of an instance of a class
  session.read('cart').note = 'x';
  // @ts-expect-error inside a tuple
  cart.pair[1].n = 2;
  // @ts-expect-error an optional property
  cart.note = 'x';
  return cart.note;
}

export async function outsideRequests(): Promise<void> {
  const added: number = await sync.run(key, (s: SessionState<ShopSession>) => s.read('visits'));
  const typed: unknown = await sync.run<ShopSession>(key, { create: true }, async (s) => s.mutate('cart').add('tea'));
  const loose: unknown = await sync.run(key, async (s) => s.read('cart'));
  sync.current<ShopSession>().set('visits', added);
  sync.current().set('visits', [typed, loose]);
  // @ts-expect-error not built yet
  await sync.run(key, { lock: 'exclusive', waitMs: 500 }, async () => undefined);
  // @ts-expect-error the bearer id is no key: sync.keyOf(id)
  await sync.run((await sync.create()).id, () => undefined);
  // @ts-expect-error not built yet
  await sync.findBy('userId', 'ann');
  // @ts-expect-error not built yet
  await sync.endAll({ userId: 'ann' });
}

export const validators: AttributeValidator<Cart>[] = [
  z.object({ note: z.string() }),
  validateSync,
  (cart) => cart.lines.length < 10,
  (cart: Cart) => (cart.note === undefined ? undefined : [{ path: 'note', message: 'leave it out' }]),
  () => {},
  // @ts-expect-error neither an answer nor problems
  () => 5,
];
