import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNats } from '../support/nats-server.js';
import { runSnippet, snippetFolder } from './snippets/run-snippet.js';
import { snippetsOfPages } from './snippets/snippet.js';
import { typeErrorsOf } from './snippets/type-check.js';

const snippets = await snippetsOfPages(join(import.meta.dirname, '..', '..', 'docs', 'guide'));
const folder = await snippetFolder('guide');

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every TypeScript block of the guide is a program of its own. */
describe('the programs of the guide', () => {
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

  it('are there', () => {
    expect(snippets.length).toBeGreaterThan(10);
  });

  it('compile as they are printed', { timeout: 120_000 }, async () => {
    expect(await typeErrorsOf(snippets, folder)).toEqual([]);
  });

  it.each(snippets.map((snippet) => [snippet.name, snippet] as const))('%s does what it says', async (_, snippet) => {
    expect((await runSnippet(snippet, folder)).length).toBeGreaterThan(0);
  });
});
