import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcome } from '../properties/try-law.js';
import type { Task } from './law-worker.js';

/** What a law may use: a hostile text that makes more crashes the worker, which is a violation. */
const HEAP_MB = 1024;
/** A batch takes seconds; one that takes this long hangs. */
const HANG_MS = 600_000;

/** One process that tries batches, one at a time. A process that dies is replaced. */
export class LawWorker {
  private child: ChildProcess | undefined;

  /** Tries a batch; a crash or a hang is a violation, too. */
  try(task: Task): Promise<Outcome> {
    const child = (this.child ??= this.start());
    return new Promise((settle) => {
      const stop = (outcome: Outcome): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        settle(outcome);
      };
      const fail = (what: string): void => {
        this.child = undefined;
        child.kill('SIGKILL');
        stop({ tried: 0, violation: violationOf(task, what) });
      };
      const timer = setTimeout(() => fail(`hung for ${HANG_MS / 1000} s`), HANG_MS);
      child.once('message', (outcome: Outcome) => stop(outcome));
      child.once('exit', (code, signal) => fail(`crashed with ${signal ?? `exit code ${code}`}`));
      child.send(task);
    });
  }

  end(): void {
    this.child?.removeAllListeners();
    this.child?.disconnect();
    this.child = undefined;
  }

  private start(): ChildProcess {
    const file = fileURLToPath(new URL('law-worker.js', import.meta.url));
    return fork(file, {
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }
}

function violationOf({ law, seed, cases }: Task, what: string): Outcome['violation'] {
  return {
    report: `${law}: the process ${what} within ${cases} cases of seed ${seed}`,
    replay: `${law}:${seed}`,
  };
}
