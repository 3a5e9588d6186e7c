import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lock = `${root}.cache/build.lock`;

/** Builds what changed of a TypeScript project and of those it refers to; one build at a time writes to `dist`. */
export async function build(project) {
  mkdirSync(`${root}.cache`, { recursive: true });
  while (!claim()) await delay(50);
  try {
    const tsc = `${root}node_modules/typescript/bin/tsc`;
    const { status } = spawnSync(process.execPath, [tsc, '-b', project], { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error(`the build of ${project} failed; see the compiler's words above`);
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the lock is ours now; one whose owner has died is taken away first. */
function claim() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(ownerOf())) rmSync(lock, { force: true });
    return false;
  }
}

function ownerOf() {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return Number.NaN;
  }
}

function isAlive(pid) {
  // Just being made, or just released: look again.
  if (!(pid > 0)) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
