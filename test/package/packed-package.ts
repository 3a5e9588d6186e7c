import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.js';

const root = join(import.meta.dirname, '..', '..');
const library = join(root, 'libs', 'session-sync');

export interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export interface PackedPackage {
  readonly tarball: string;
  /** Paths in the tarball, as the package sees them. */
  readonly files: readonly string[];
}

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

export const workspaceManifest = (): Promise<Manifest> => readManifest(root);
export const libraryManifest = (): Promise<Manifest> => readManifest(library);

/**
 * Builds and packs a copy of the library. A copy, because `dist` may be in use by other tests and may hold files whose
 * sources are long gone. It lies two folders below the root, as the library does, so that its configuration holds.
 */
export async function packLibrary(into: string): Promise<PackedPackage> {
  const copy = join(root, '.cache', `package-${process.pid}`);
  await rm(copy, { recursive: true, force: true });
  await mkdir(join(root, '.cache'), { recursive: true });
  try {
    const isSource = (path: string): boolean => !/[\\/](dist|node_modules)$/.test(path);
    await cp(library, copy, { recursive: true, filter: isSource });
    const ownPackages = join(library, 'node_modules');
    if (existsSync(ownPackages)) await symlink(ownPackages, join(copy, 'node_modules'), 'dir');
    // The package's own prepack script builds it.
    const output = await runProgram('npm', ['pack', '--json', '--silent', '--pack-destination', into], copy);
    const [packed] = JSON.parse(output.slice(output.indexOf('['))) as [{ filename: string; files: { path: string }[] }];
    return { tarball: join(into, packed.filename), files: packed.files.map(({ path }) => path) };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
