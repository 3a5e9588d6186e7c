import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as core from 'nest-session-sync/core';
import * as door from 'nest-session-sync';

const root = join(import.meta.dirname, '..', '..');
const library = join(root, 'libs', 'session-sync', 'src');
const sources = join(library, 'core', 'errors');

interface ErrorRow {
  readonly code: string;
  readonly className: string;
  readonly retryable: boolean;
}

async function declaredErrors(): Promise<readonly ErrorRow[]> {
  const names = (await readdir(sources)).filter((name) => name.endsWith('-errors.ts'));
  const texts = await Promise.all(names.map((name) => readFile(join(sources, name), 'utf8')));
  const pattern =
    /class (\w+) extends SessionSyncError \{\s+readonly code = '(\w+)';\s+readonly retryable(?:: boolean)? = (true|false);/g;
  const classes = texts.flatMap((text) => [...text.matchAll(/class \w+ extends/g)]).length;
  const rows = texts.flatMap((text) =>
    [...text.matchAll(pattern)].map(([, className = '', code = '', retryable]) => ({
      code,
      className,
      retryable: retryable === 'true',
    })),
  );
  // A class written in another way would be missed silently.
  expect(rows).toHaveLength(classes);
  return rows;
}

async function page(): Promise<string> {
  return readFile(join(root, 'docs', 'errors.md'), 'utf8');
}

async function documentedErrors(): Promise<readonly (ErrorRow & { http: string })[]> {
  const row = /^\| `(\w+)` \| `(\w+)` \| ([^|]+) \| (yes|no) \|$/gm;
  return [...(await page()).matchAll(row)].map(([, code = '', className = '', http = '', retryable]) => ({
    code,
    className,
    retryable: retryable === 'yes',
    http,
  }));
}

const byCode = (a: ErrorRow, b: ErrorRow): number => a.code.localeCompare(b.code);

describe('docs/errors.md', () => {
  it('lists every error there is, with its class and whether it may be repeated, and no other', async () => {
    const documented = (await documentedErrors()).map(({ code, className, retryable }) => ({
      code,
      className,
      retryable,
    }));
    expect(documented.toSorted(byCode)).toEqual([...(await declaredErrors())].sort(byCode));
  });

  it('says the HTTP status that is answered', async () => {
    const table = await readFile(join(library, 'nest', 'http', 'error-answer.ts'), 'utf8');
    const answered = new Map(
      [...table.matchAll(/^ {2}([A-Z_]+): (\d{3}),$/gm)].map(([, code, status]) => [code, status]),
    );
    expect(answered.size).toBeGreaterThan(0);
    for (const { code, http } of await documentedErrors()) {
      if (http !== 'at start') expect(http.slice(0, 3), code).toBe(answered.get(code) ?? '500');
    }
  });

  it('gives each code a section with what to do', async () => {
    const sections = (await page())
      .split(/^(?=### )/m)
      .slice(1)
      .map((section) => section.replace(/^## [\s\S]*/m, ''));
    const described = sections.map((section) => /^### (\w+)$/m.exec(section)?.[1] ?? '');
    expect(described.toSorted()).toEqual((await declaredErrors()).map(({ code }) => code).toSorted());
    expect(sections.filter((section) => !section.includes('**Do:**'))).toEqual([]);
  });

  it('names classes that the public door exports', async () => {
    const exported = new Set([...Object.keys(door), ...Object.keys(core)]);
    const missing = (await declaredErrors()).filter(({ className }) => !exported.has(className));
    expect(missing).toEqual([]);
  });
});
