import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { type EmbeddedNats, type EmbeddedNatsOptions, startEmbeddedNats } from 'nest-session-sync/testing';
import { until } from './until.js';

/** A real nats-server for a test file, ended with the test process in all cases. Fails when none is to be had. */
export function startNats(options: EmbeddedNatsOptions = {}): Promise<EmbeddedNats> {
  return startEmbeddedNats(options);
}

/** A store name no other test uses. */
export function randomName(prefix = 'test'): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

/** Stops the process where it is, and waits until all of it has: a signal takes its time on a busy machine. */
export async function freeze(server: EmbeddedNats): Promise<void> {
  server.signal('SIGSTOP');
  if (process.platform !== 'linux') return;
  const tasks = `/proc/${server.pid}/task`;
  const isStopped = async (task: string): Promise<boolean> =>
    /\) T /.test(await readFile(`${tasks}/${task}/stat`, 'utf8').catch(() => ') T '));
  const areAllStopped = async (): Promise<boolean> =>
    (await Promise.all((await readdir(tasks)).map(isStopped))).every(Boolean);
  await until(areAllStopped, 'all threads of the server have stopped');
}
