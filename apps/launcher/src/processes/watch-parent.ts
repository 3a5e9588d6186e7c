import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import process from 'node:process';

const LOOK_EVERY_MS = 300;
const SHELLS: ReadonlySet<string> = new Set(['sh', 'dash', 'bash', 'ash', 'zsh']);

/** Calls `gone` when the process that started this one has gone without a word, as npm does when it gets SIGKILL. */
export async function watchParent(gone: () => void): Promise<void> {
  const parent = process.ppid;
  const starter = await starterBehind(parent);
  const timer = setInterval(() => {
    // An orphan gets a new parent.
    if (process.ppid === parent && isRunning(starter)) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** npm puts a shell between itself and what it starts, and that survives it: then npm is the one to watch. */
async function starterBehind(parent: number): Promise<number> {
  if (process.env['npm_lifecycle_event'] === undefined) return parent;
  const [grandparent = '', command = ''] = (await ask('ps', ['-o', 'ppid=,comm=', '-p', String(parent)])).split(/\s+/);
  return SHELLS.has(basename(command)) ? Number(grandparent) : parent;
}

/** What a program prints; nothing where there is no such program, as on Windows. */
function ask(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, (error, stdout) => resolve(error === null ? stdout.trim() : ''));
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
