import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Body, Controller, Get, Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { SessionAttr, SessionSync, SessionSyncModule, type SessionState } from 'nest-session-sync';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../support/http-adapters.js';
import { HttpClient } from '../support/http-client.js';
import { randomName, startNats } from '../support/nats-server.js';
import { tablesIn } from './snippets/tables.js';

const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'guide', '02-attributes.md'), 'utf8');
const [rows = []] = tablesIn(page, ['access', 'immutable attribute', 'mutable attribute']);

class Values {
  @SessionAttr() immutable: { n: number } = { n: 0 };
  @SessionAttr({ mutable: true }) mutable: { n: number } = { n: 0 };
}

type Kind = keyof Values;
const kinds: readonly Kind[] = ['immutable', 'mutable'];

/** What an access looks at without writing. */
function look(value: { n: number }): void {
  expect(value.n).toBe(0);
}

/** How the row's access is made in a running application, for each kind of attribute. */
type Access = (attribute: Kind) => Making;

interface Making {
  readonly controllers?: readonly Type<object>[];
  readonly providers?: readonly Type<object>[];
  /** In a unit; without it the only handler is called. */
  readonly inUnit?: (session: SessionState<Values>, get: <T>(token: Type<T>) => T) => void;
}

const inUnit =
  (access: (attribute: Kind) => NonNullable<Making['inUnit']>): Access =>
  (attribute) => ({ inUnit: access(attribute) });

function ofParameter(attribute: Kind, options: object): Making {
  @Controller()
  class Handlers {
    @Get()
    get(@SessionAttr(attribute, options) value: Values[Kind], @Body() _body: unknown) {
      look(value);
    }
  }
  return { controllers: [Handlers] };
}

function ofProperty(attribute: Kind, options: object, access: (holder: { value: { n: number } }) => void): Making {
  @Injectable()
  class Holder {
    @SessionAttr(attribute, options) value!: { n: number };
  }
  return { providers: [Holder], inUnit: (_, get) => access(get(Holder)) };
}

const accesses: Readonly<Record<string, Access>> = {
  "session.read('x')": inUnit((x) => (session) => look(session.read(x))),
  "session.mutate('x')": inUnit((x) => (session) => look(session.mutate(x))),
  "session.update('x', change)": inUnit((x) => (session) => session.update(x, ({ n }) => ({ n }))),
  "session.set('x', value)": inUnit((x) => (session) => session.set(x, { n: 0 })),
  "session.delete('x')": inUnit((x) => (session) => session.delete(x)),
  'shop.x, the session class injected': inUnit((x) => (_, get) => look(get(Values)[x])),
  'shop.x = value, the session class injected': inUnit((x) => (_, get) => void (get(Values)[x] = { n: 0 })),
  "@SessionAttr('x') on a parameter": (x) => ofParameter(x, {}),
  "@SessionAttr('x', { mutable: true }) on a parameter": (x) => ofParameter(x, { mutable: true }),
  "@SessionAttr('x') on a property, read": (x) => ofProperty(x, {}, ({ value }) => look(value)),
  "@SessionAttr('x') on a property, assigned": (x) => ofProperty(x, {}, (holder) => void (holder.value = { n: 0 })),
  "@SessionAttr('x', { mutable: true }) on a property, read": (x) =>
    ofProperty(x, { mutable: true }, ({ value }) => look(value)),
};

let nats: EmbeddedNats;

beforeAll(async () => {
  nats = await startNats();
});

afterAll(() => nats?.stop());

/** Starts an application that can make the access, makes it, and says what became of it in the words of the table. */
async function outcomeOf({ controllers = [], providers = [], inUnit: access }: Making): Promise<string> {
  const root = SessionSyncModule.forRoot({ session: Values, name: randomName('access'), nats: { servers: nats.url } });
  @Module({ imports: [root], controllers: [...controllers], providers: [...providers] })
  class AccessModule {}
  const refused = (error: unknown): string => (error as { code: string }).code;
  const started = NestFactory.createApplicationContext(AccessModule, { logger: false, abortOnError: false });
  const app = await started.catch(refused);
  if (typeof app === 'string') return app === 'INVALID_OPTIONS' ? 'refused at start' : app;
  try {
    const sync = app.get(SessionSync);
    if (access === undefined) return await outcomeOfHandler(AccessModule);
    const { key } = await sync.create();
    const before = sync.stats();
    const run = sync.run(key, (session: SessionState<Values>) => access(session, (token) => app.get(token)));
    const code = await run.then(() => undefined, refused);
    if (code !== undefined) return code === 'IMMUTABLE_ATTRIBUTE' ? 'throws' : code;
    const { candidates, changed } = sync.stats();
    expect(changed).toBe(before.changed);
    return candidates > before.candidates ? 'yes' : 'no';
  } finally {
    await app.close();
  }
}

async function outcomeOfHandler(module: Type<object>): Promise<string> {
  const app = await listen(module, new ExpressAdapter());
  expect((await new HttpClient(app.url).get('/')).status).toBe(200);
  const { candidates } = app.get(SessionSync).stats();
  await app.close();
  return candidates > 0 ? 'yes' : 'no';
}

describe('the table of accesses', () => {
  it('has the rows that are tried here, and no others', () => {
    expect(rows.map(({ cells: [access] }) => access)).toEqual(Object.keys(accesses));
  });

  it.each(rows.map(({ cells }) => [cells[0] ?? '', cells.slice(1)] as const))('%s', async (access, outcomes) => {
    const making = accesses[access];
    const found = await Promise.all(kinds.map((kind) => outcomeOf(making?.(kind) ?? {})));
    expect(found).toEqual(outcomes);
  });
});
