import { readFile } from 'node:fs/promises';
import { ROOT } from './root.js';

/** The libraries that are measured beside ours, by name: the version that is pinned. */
export async function rivalVersions(): Promise<Readonly<Record<string, string>>> {
  const manifest = JSON.parse(await readFile(`${ROOT}perf/package.json`, 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return manifest.devDependencies;
}
