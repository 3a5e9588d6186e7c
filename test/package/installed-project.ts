import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { libraryManifest, packLibrary, type PackedPackage, workspaceManifest } from './packed-package.js';
import { runProgram } from './run-program.js';

/** An empty project outside of the workspace that has the packed library and what it asks for, from the registry. */
export class InstalledProject {
  private constructor(
    readonly folder: string,
    readonly packed: PackedPackage,
  ) {}

  static async create(): Promise<InstalledProject> {
    const folder = await mkdtemp(join(tmpdir(), 'nest-session-sync-package-'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const packed = await packLibrary(folder);
    const project = new InstalledProject(folder, packed);
    const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runProgram('npm', ['install', ...options, packed.tarball, ...(await requiredPeers())], folder);
    return project;
  }

  /** A sibling that has the library and its dependencies, but none of its peers. */
  async withoutPeers(): Promise<string> {
    const { dependencies } = await libraryManifest();
    const bare = join(this.folder, 'bare');
    await mkdir(join(bare, 'node_modules'), { recursive: true });
    for (const name of ['nest-session-sync', ...Object.keys(dependencies)]) {
      await cp(join(this.folder, 'node_modules', name), join(bare, 'node_modules', name), { recursive: true });
    }
    return bare;
  }

  async write(name: string, text: string): Promise<string> {
    const file = join(this.folder, name);
    await writeFile(file, text);
    return file;
  }

  run(program: string, ...args: readonly string[]): Promise<string> {
    return runProgram(program, args, this.folder);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What a user must install beside the library, in the versions the workspace is tested with, and an HTTP adapter. */
async function requiredPeers(): Promise<readonly string[]> {
  const { peerDependencies, peerDependenciesMeta } = await libraryManifest();
  const { devDependencies } = await workspaceManifest();
  const required = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta?.[name]?.optional !== true);
  return [...required, '@nestjs/platform-express'].map((name) => `${name}@${devDependencies[name] ?? 'latest'}`);
}
