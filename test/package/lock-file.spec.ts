import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { libraryManifest, readManifest, workspaceManifest } from './packed-package.js';

interface LockFile {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

async function lockFile(): Promise<LockFile> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8');
  return JSON.parse(text) as LockFile;
}

describe('package-lock.json', () => {
  it('has every optional package that a package names, for all platforms: else `npm ci` refuses everywhere', async () => {
    const { packages } = await lockFile();
    const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const named = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(named.filter((name) => !locked.has(name))).toEqual([]);
  });

  it('names no registry', async () => {
    const { packages } = await lockFile();
    const origins = Object.values(packages).flatMap(({ resolved }) => resolved ?? []);
    expect(origins.filter((origin) => origin !== 'perf' && !origin.startsWith('libs/'))).toEqual([]);
  });
});

describe('dependencies', () => {
  it('are pinned to one version each', async () => {
    const { devDependencies } = await workspaceManifest();
    const { dependencies } = await libraryManifest();
    const { devDependencies: peersMeasured } = await readManifest(join(import.meta.dirname, '..', '..', 'perf'));
    const versions = Object.entries({ ...devDependencies, ...dependencies, ...peersMeasured });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
