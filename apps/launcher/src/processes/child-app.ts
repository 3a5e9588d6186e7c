import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import process from 'node:process';
import { mainOf, type AppName } from './repository.js';

export interface ChildAppOptions {
  readonly app: AppName;
  /** Its NODE_NAME. */
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  /** Takes each line that it prints. */
  readonly print: (line: string) => void;
}

const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 6_000;

/**
 * An application in a process of its own. It ends with this one: when the channel between them closes, which a SIGKILL
 * does as well, it closes itself.
 */
export class ChildApp {
  /** Resolves when it has ended, with a word on how. */
  readonly ended: Promise<string>;
  private hasEnded = false;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.hasEnded = true;
        resolve(signal === null ? `exit code ${code}` : signal);
      });
    });
  }

  /** Starts it and waits until it listens. @throws Error when it ends or stays silent instead */
  static async start({ app, name, env, print }: ChildAppOptions): Promise<ChildApp> {
    const child = fork(mainOf(app), [], {
      env: { ...process.env, ...env, NODE_NAME: name, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', print);
    }
    const started = new ChildApp(name, child);
    await started.untilListening();
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isRunning(): boolean {
    return !this.hasEnded;
  }

  /** Has it finish what it is at and end; by force if that takes too long. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends it on the spot, as a crash would. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  private untilListening(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.child.kill('SIGKILL');
        reject(new Error(`${this.name} didn't listen within ${READY_WITHIN_MS} ms.`));
      }, READY_WITHIN_MS);
      this.child.once('message', () => {
        clearTimeout(timer);
        resolve();
      });
      void this.ended.then((how) => {
        clearTimeout(timer);
        reject(new Error(`${this.name} ended before it was ready: ${how}.`));
      });
    });
  }
}
