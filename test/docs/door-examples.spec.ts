import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as common from '@nestjs/common';
import * as microservices from '@nestjs/microservices';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as shop from '../support/shop-session.js';
import { startNats } from '../support/nats-server.js';
import { namesOfDoor, withImports, type Source } from './snippets/door.js';
import { runSnippet, snippetFolder } from './snippets/run-snippet.js';
import { examplesIn, type Snippet } from './snippets/snippet.js';
import { typeErrorsOf } from './snippets/type-check.js';

const sources = join(import.meta.dirname, '..', '..', 'libs', 'session-sync', 'src');
const folder = await snippetFolder('examples');
const core = namesOfDoor('core/index.ts');
const doors = [
  ['nest-session-sync', namesOfDoor('index.ts')],
  ['nest-session-sync/standalone', namesOfDoor('standalone/index.ts')],
  ['nest-session-sync/testing', namesOfDoor('testing/index.ts')],
] as const;

const namesOf = (module: object) => Object.keys(module).map((name) => ({ name, isType: false }));
const types = (...names: string[]) => names.map((name) => ({ name, isType: true }));

/** What an example needn't import: all of the package, of Nest, and the classes that all examples are about. */
const beside: readonly Source[] = [
  ...doors,
  ['@nestjs/common', [...namesOf(common), ...types('CanActivate', 'ExecutionContext')]],
  ['@nestjs/microservices', namesOf(microservices)],
  [join(import.meta.dirname, '..', 'support', 'shop-session.js'), namesOf(shop)],
];

async function examples(): Promise<readonly Snippet[]> {
  const files = (await readdir(sources, { recursive: true })).filter((name) => /(?<!\.spec|\.fixture)\.ts$/.test(name));
  const found = await Promise.all(
    files.toSorted().map(async (file) => {
      const source = await readFile(join(sources, file), 'utf8');
      const own: readonly Source[] = [['nest-session-sync/core', core], ...beside.slice(0, 1)];
      const importable = /^core[\\/]/.test(file) ? own : beside;
      return examplesIn(file, source).map(({ name, code }) => ({ name, code: withImports(code, importable) }));
    }),
  );
  return found.flat();
}

const all = await examples();

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('every door', () => {
  it.each([['nest-session-sync/core', core] as const, ...doors])('%s says of every name what it means', (_, names) => {
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter(({ description }) => description.length < 20).map(({ name }) => name)).toEqual([]);
  });
});

describe('nest-session-sync/core', () => {
  it('has an example of everything that is called', () => {
    expect(core.filter(({ isCallable, hasExample }) => isCallable && !hasExample).map(({ name }) => name)).toEqual([]);
  });
});

describe('examples in doc comments', () => {
  let nats: EmbeddedNats;
  const before = process.env['NATS_URL'];

  beforeAll(async () => {
    nats = await startNats();
    // What `nats: 'embedded'` joins.
    process.env['NATS_URL'] = nats.url;
  });

  afterAll(async () => {
    if (before === undefined) delete process.env['NATS_URL'];
    else process.env['NATS_URL'] = before;
    await nats?.stop();
  });

  it('are all found', async () => {
    const files = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const texts = await Promise.all(files.map((file) => readFile(join(sources, file), 'utf8')));
    expect(all).toHaveLength(texts.reduce((sum, text) => sum + text.split('@example').length - 1, 0));
  });

  it('compile', { timeout: 120_000 }, async () => {
    expect(await typeErrorsOf(all, folder)).toEqual([]);
  });

  it.each(all.map((example) => [example.name, example] as const))('%s does what it says', async (name, example) => {
    const claims = await runSnippet(example, folder);
    // Those that declare classes claim nothing: that they run at all is the point.
    expect(claims.length > 0 || !/^core[\\/](?!access)/.test(name), 'claims something').toBe(true);
  });
});
