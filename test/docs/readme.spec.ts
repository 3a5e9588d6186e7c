import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readmeExample } from './readme-example.js';

const root = join(import.meta.dirname, '..', '..');

async function markdownFiles(): Promise<readonly string[]> {
  const inDocs = await readdir(join(root, 'docs'), { recursive: true });
  const docs = inDocs.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'libs/session-sync/README.md', 'apps/README.md', ...docs];
}

// The example itself is run on a real nats-server by test/package, on the package as it is published.
describe('README.md', () => {
  it('has an example of twenty lines, imports apart', async () => {
    const lines = (await readmeExample())
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('import'));
    expect(lines.length).toBeLessThanOrEqual(20);
  });

  it('names only commands that exist', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
    for (const name of ['README.md', 'CONTRIBUTING.md']) {
      const text = await readFile(join(root, name), 'utf8');
      const named = [...text.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map(([, script = '']) => script);
      expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
      expect(named).toContain('test');
    }
  });
});

describe('every page', () => {
  it('links only to files that exist', async () => {
    const broken: string[] = [];
    for (const file of await markdownFiles()) {
      const text = await readFile(join(root, file), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
        if (!existsSync(join(root, dirname(file), target))) broken.push(`${file}: ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('links only to headings that exist', async () => {
    const broken: string[] = [];
    for (const file of await markdownFiles()) {
      const text = await readFile(join(root, file), 'utf8');
      for (const [, target = '', anchor = ''] of text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)) {
        const page = target === '' ? text : await readFile(join(root, dirname(file), target), 'utf8');
        if (!anchorsOf(page).includes(anchor)) broken.push(`${file}: ${target}#${anchor}`);
      }
    }
    expect(broken).toEqual([]);
  });
});

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): readonly string[] {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
