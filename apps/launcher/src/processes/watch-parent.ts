import process from 'node:process';

const LOOK_EVERY_MS = 300;

/**
 * Calls `gone` when the process that started this one (npm, a shell) has gone without a word, as by SIGKILL: an orphan
 * gets a new parent.
 */
export function watchParent(gone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
