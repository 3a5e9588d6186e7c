import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { InstalledProject } from './installed-project.js';
import { libraryManifest, readManifest } from './packed-package.js';
import { plainEnvironment, runProgram } from './run-program.js';
import { compileProgram } from './compile-program.js';
import { readmeExample } from '../docs/readme-example.js';
import { RunningProgram } from './running-program.js';

const root = join(import.meta.dirname, '..', '..');
let project: InstalledProject;

beforeAll(async () => {
  project = await InstalledProject.create();
}, 180_000);

afterAll(() => project?.remove());

async function doorsOfPackage(): Promise<readonly string[]> {
  const { exports } = await libraryManifest();
  return Object.keys(exports).map((door) => `nest-session-sync${door.slice(1)}`);
}

describe('the packed package', () => {
  it('holds the build, its sources for the source maps, manifest, licence and readme, and nothing else', () => {
    const expected = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts)(\.map)?|src\/.+\.ts)$/;
    const { files } = project.packed;
    expect(files.filter((file) => !expected.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(spec|fixture)\.|golden|tsbuildinfo/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/index.js']));
  });

  it('has every file that its doors name', async () => {
    const { exports } = await libraryManifest();
    const named = Object.values(exports).flatMap((door) => Object.values(door).map((file) => file.slice(2)));
    expect(named.filter((file) => !project.packed.files.includes(file))).toEqual([]);
  });

  it('carries the licence of the repository', async () => {
    const ofRepository = await readFile(join(root, 'LICENSE'), 'utf8');
    const ofPackage = await readFile(join(project.folder, 'node_modules/nest-session-sync/LICENSE'), 'utf8');
    expect(ofPackage).toBe(ofRepository);
  });

  it('has nothing that publint objects to', async () => {
    const pkgDir = join(project.folder, 'node_modules', 'nest-session-sync');
    const { messages } = await publint({ pkgDir, pack: false, strict: true });
    const manifest = await readManifest(pkgDir);
    expect(messages.map((message) => formatMessage(message, { ...manifest }))).toEqual([]);
  });
});

describe('an empty project that installed it', () => {
  it('imports every door', async () => {
    for (const door of await doorsOfPackage()) {
      const names = `import * as door from '${door}'; console.log(Object.keys(door).length)`;
      expect(Number(await project.run('node', '--input-type=module', '-e', names)), door).toBeGreaterThan(0);
    }
  });

  it('requires every door and finds the same names', async () => {
    for (const door of await doorsOfPackage()) {
      const compare = `
        const required = Object.keys(require('${door}')).filter((name) => name !== '__esModule');
        import('${door}').then((imported) => console.log(JSON.stringify([required.sort(), Object.keys(imported).sort()])));`;
      const output = await project.run('node', '--input-type=commonjs', '-e', compare);
      const [required, imported] = JSON.parse(output) as [string[], string[]];
      expect(required, door).toEqual(imported);
    }
  });

  it('tracks, compares and merges without Nest and NATS', async () => {
    const bare = await project.withoutPeers();
    const program = `
      import { applyPatch, compareGraphs, takeBenchmark } from 'nest-session-sync/core';
      const cart = { lines: [{ sku: 'a', quantity: 1 }] };
      const benchmark = takeBenchmark(cart);
      cart.lines[0].quantity = 2;
      const patch = compareGraphs(benchmark, cart);
      console.log(JSON.stringify(applyPatch({ lines: [{ sku: 'a', quantity: 1 }] }, patch)));`;
    const output = await runProgram('node', ['--input-type=module', '-e', program], bare);
    expect(JSON.parse(output)).toEqual({ lines: [{ sku: 'a', quantity: 2 }] });
  });
});

describe('the example of the README, compiled against the packed types and started on a real nats-server', () => {
  let program: RunningProgram;

  beforeAll(async () => {
    await project.write('app.ts', await readmeExample());
    await compileProgram(project, 'app.ts');
    program = await RunningProgram.start(project.folder, 'app.js', plainEnvironment());
  }, 180_000);

  afterAll(() => program?.stop());

  it('keeps a cart from one request to the next', async () => {
    const first = await fetch(`${program.url}/cart/tea`, { method: 'POST' });
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual(['tea']);
    const [cookie] = (first.headers.get('set-cookie') ?? '').split(';');
    expect(cookie).toMatch(/^__Host-sid=/);

    const headers = { cookie: cookie ?? '' };
    const second = await fetch(`${program.url}/cart/cup`, { method: 'POST', headers });
    expect(await second.json()).toEqual(['tea', 'cup']);
    const read = await fetch(`${program.url}/cart`, { headers });
    expect(await read.json()).toEqual(['tea', 'cup']);
  });

  it('loses none of the changes of parallel requests', async () => {
    const opened = await fetch(`${program.url}/cart/0`, { method: 'POST' });
    const headers = { cookie: (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
    const more = Array.from({ length: 20 }, (_, index) => `${program.url}/cart/${index + 1}`);
    const answers = await Promise.all(more.map((url) => fetch(url, { method: 'POST', headers })));
    expect(answers.map(({ status }) => status)).toEqual(more.map(() => 201));
    const cart = (await (await fetch(`${program.url}/cart`, { headers })).json()) as string[];
    expect(cart.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 21 }, (_, index) => `${index}`),
    );
  });
});
