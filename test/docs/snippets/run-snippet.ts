import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { checkClaims } from './check-claims.js';
import type { Snippet } from './snippet.js';

const root = join(import.meta.dirname, '..', '..', '..');

/** Where programs of one kind are written to be run. Inside the project: they find its packages. */
export async function snippetFolder(kind: string): Promise<string> {
  const folder = join(root, '.cache', 'snippets', `${kind}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

export function fileNameOf({ name }: Snippet): string {
  return name.replaceAll(/[^\w]+/g, '-');
}

/** The function by which a running snippet reports what a claim is about. */
type Check = (index: number, claimed: string | (() => unknown), found: unknown) => unknown;

/**
 * Runs a program to its end and checks what its comments claim. Answers the claims that it made, all of which came true;
 * one whose statement wasn't reached is none.
 */
export async function runSnippet(snippet: Snippet, folder: string): Promise<readonly string[]> {
  const { code, claims } = checkClaims(snippet.code, 'checkClaim');
  const reached = new Set<number>();
  const check: Check = (index, claimed, found) => {
    reached.add(index);
    const label = `${snippet.name}: ${claims[index]}`;
    if (typeof claimed === 'function') return expect(found, label).toStrictEqual(claimed());
    return expectThrown(claimed, found as () => unknown, label);
  };
  const file = join(folder, `${fileNameOf(snippet)}.ts`);
  const global = `snippet ${snippet.name}`;
  // A program of its own, that ends when everything in it is awaited.
  await writeFile(file, `const { checkClaim } = globalThis[${JSON.stringify(global)}];${code}\nexport {};\n`);
  Reflect.set(globalThis, global, { checkClaim: check });
  try {
    await import(/* @vite-ignore */ file);
  } finally {
    Reflect.deleteProperty(globalThis, global);
  }
  expect(
    [...reached].toSorted((a, b) => a - b),
    `${snippet.name}: claims that were reached`,
  ).toEqual([...claims.keys()]);
  return claims;
}

function expectThrown(name: string, run: () => unknown, label: string): unknown {
  const compare = (error: unknown): void => expect((error as Error).name, label).toBe(name);
  const nothing = (): never => expect.unreachable(`${label}, but nothing was thrown`);
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    return compare(error);
  }
  return result instanceof Promise ? result.then(nothing, compare) : nothing();
}
