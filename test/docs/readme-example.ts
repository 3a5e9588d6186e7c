import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const readme = join(import.meta.dirname, '..', '..', 'README.md');

/** The first TypeScript block of the README: a whole program. */
export async function readmeExample(): Promise<string> {
  const text = await readFile(readme, 'utf8');
  const block = /^```ts\n(?<code>[\s\S]*?)^```$/m.exec(text)?.groups?.['code'];
  if (block === undefined) throw new Error('README.md has no TypeScript block.');
  return block;
}
