import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import process from 'node:process';
import { EmbeddedServerError } from '../../core/errors/index.js';
import { cacheFolder } from './cache-folder.js';
import type { EmbeddedNats, EmbeddedNatsOptions } from './embedded-options.js';
import { findServer } from './find-server.js';
import { GuardedProcess } from './guarded-process.js';
import { claimPidFile, type PidFile } from './pid-file.js';
import { greets, listeningAt } from './readiness.js';
import { configText, filesIn } from './server-config.js';

const MIB = 1024 * 1024;
const LOOK_EVERY_MS = 15;
/** A server whose application was just killed needs a moment to end. */
const WAIT_FOR_PREVIOUS_MS = 5000;

/**
 * Starts a real nats-server with JetStream on 127.0.0.1, for development, samples and tests. It ends with `stop()`, and
 * with this process, however that ends.
 * @throws EmbeddedServerError when no server is to be had, the folder is in use, or it doesn't become ready
 */
export async function startEmbeddedNats(options: EmbeddedNatsOptions = {}): Promise<EmbeddedNats> {
  const env = options.env ?? process.env;
  refuseProduction(env, options);
  const progress = options.progress ?? ((line) => process.stderr.write(`${line}\n`));
  const program = await findServer({ cacheDir: options.cacheDir ?? cacheFolder(env), env, progress });
  const temporary = options.dataDir === undefined ? await mkdtemp(join(tmpdir(), 'nats-')) : undefined;
  const dataDir = temporary ?? resolve(options.dataDir ?? '');
  await mkdir(dataDir, { recursive: true });
  const claim = await claimFolder(dataDir);
  try {
    return await startIn(dataDir, temporary, program, claim, options);
  } catch (error) {
    await claim.release();
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** Uses the server another process started and named in `NATS_URL`, else starts one. */
export async function joinOrStartEmbeddedNats(options: EmbeddedNatsOptions = {}): Promise<EmbeddedNats> {
  const url = (options.env ?? process.env)['NATS_URL'];
  if (url === undefined || url === '') return startEmbeddedNats(options);
  return {
    url,
    pid: undefined,
    dataDir: undefined,
    stop: () => Promise.resolve(),
    signal: () => undefined,
    exited: new Promise(() => undefined),
  };
}

async function startIn(
  dataDir: string,
  temporary: string | undefined,
  program: string,
  claim: PidFile,
  options: EmbeddedNatsOptions,
): Promise<EmbeddedNats> {
  const files = filesIn(dataDir);
  const { port = -1, maxPayloadBytes = MIB, config = '', readyTimeoutMs = 30_000 } = options;
  // Left over where a server was killed: its process id may come again.
  await rm(files.ports, { recursive: true, force: true });
  await mkdir(files.ports);
  await writeFile(files.config, configText({ dataDir, port, maxPayloadBytes, extra: config }));
  const server = await GuardedProcess.start(program, files.config, temporary);
  await claim.addPid(server.pid);
  const exited = server.exited.then(() => claim.release());
  const url = await ready(server, files, readyTimeoutMs);
  return {
    url,
    pid: server.pid,
    dataDir,
    exited,
    signal: (signal) => server.signal(signal),
    stop: async () => {
      await server.stop();
      await exited;
    },
  };
}

async function ready(server: GuardedProcess, files: ReturnType<typeof filesIn>, timeoutMs: number): Promise<string> {
  for (let waitedMs = 0; waitedMs < timeoutMs && server.isRunning; waitedMs += LOOK_EVERY_MS) {
    const url = await listeningAt(files.ports, server.pid);
    if (url !== undefined && (await greets(url))) return url;
    await delay(LOOK_EVERY_MS);
  }
  const log = await readFile(files.log, 'utf8').catch(() => '');
  const why = server.isRunning ? `it wasn't ready after ${timeoutMs} ms` : 'it ended at once';
  await server.stop();
  throw new EmbeddedServerError(`${why}. Its last words: ${log.split('\n').slice(-4).join(' | ') || 'none'}`);
}

/** One server per folder: two would each believe the data to be theirs. */
async function claimFolder(dataDir: string): Promise<PidFile> {
  const path = filesIn(dataDir).owner;
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const claimed = await claimPidFile(path, process.pid);
    if (claimed.kind === 'claimed') return claimed.file;
    const isServerAlone = claimed.pids.length === 1 && claimed.pids[0] !== process.pid;
    if (!isServerAlone || waitedMs >= WAIT_FOR_PREVIOUS_MS) {
      throw new EmbeddedServerError(
        `the data folder ${dataDir} is in use by process ${claimed.pids.join(' and its server ')}. Use its URL (NATS_URL), another dataDir, or end it; if no such nats-server runs, delete ${path}.`,
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

function refuseProduction(env: NodeJS.ProcessEnv, options: EmbeddedNatsOptions): void {
  if (env['NODE_ENV'] !== 'production' || options.allowInProduction === true) return;
  throw new EmbeddedServerError(
    'NODE_ENV is production, and an embedded server has no replica and no access control. Name the servers (nats: { servers }), or allow it: nats: { embedded: { allowInProduction: true } }.',
  );
}
