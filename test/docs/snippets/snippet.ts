import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A program that documentation shows. */
export interface Snippet {
  /** Where it stands: `02-attributes.md:41`. */
  readonly name: string;
  readonly code: string;
}

/** All fenced TypeScript blocks of the Markdown pages of a folder, in the order of the pages. */
export async function snippetsOfPages(folder: string): Promise<readonly Snippet[]> {
  const pages = (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted();
  const texts = await Promise.all(pages.map((page) => readFile(join(folder, page), 'utf8')));
  return texts.flatMap((text, index) => fencedBlocks(pages[index] ?? '', text));
}

function fencedBlocks(page: string, text: string): Snippet[] {
  return [...text.matchAll(/^```ts\n(?<code>[\s\S]*?)^```$/gm)].map(({ index, groups }) => ({
    name: `${page}:${text.slice(0, index).split('\n').length}`,
    code: groups?.['code'] ?? '',
  }));
}

/** All `@example` blocks of the doc comments of a source file. */
export function examplesIn(name: string, source: string): readonly Snippet[] {
  const comments = [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)];
  return comments.flatMap(({ 0: comment, index }) =>
    [...comment.matchAll(/^\s*\* @example\n(?<code>(?:\s*\*(?: (?!@\w).*)?\n)+)/gm)].map((example) => ({
      name: `${name}:${source.slice(0, index + example.index).split('\n').length + 1}`,
      code: (example.groups?.['code'] ?? '').replaceAll(/^\s*\* ?(?:\/$)?/gm, '').replaceAll('\\@', '@'),
    })),
  );
}
