import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import process from 'node:process';
import { EmbeddedServerError } from '../../core/errors/index.js';
import { GUARD_SOURCE } from './guard.js';
import { isAlive } from './pid-file.js';

type Guard = ChildProcessByStdio<Writable, Readable, null>;

/** A nats-server under its guard. */
export class GuardedProcess {
  private readonly killWithUs: () => void;

  private constructor(
    private readonly guard: Guard,
    /** Id of nats-server itself. */
    readonly pid: number,
    /** Resolves when the guard has ended, and with it the server. */
    readonly exited: Promise<void>,
  ) {
    this.killWithUs = () => this.signal('SIGTERM');
    process.on('exit', this.killWithUs);
    // The guard gone for whatever reason: the server must not outlive it.
    void exited.then(() => {
      process.off('exit', this.killWithUs);
      this.signal('SIGKILL');
    });
  }

  /**
   * Starts `program` with its configuration file; removes `temporaryDir` when it has ended.
   * @throws EmbeddedServerError when the program can't be run
   */
  static async start(program: string, configFile: string, temporaryDir: string | undefined): Promise<GuardedProcess> {
    const { NODE_OPTIONS: _ignored, ...env } = process.env;
    const args = ['-e', GUARD_SOURCE, program, configFile, temporaryDir ?? ''];
    // Its own process group: Ctrl-C reaches the application, which commits and then stops the server.
    const guard = spawn(process.execPath, args, {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      windowsHide: true,
    });
    guard.stdin.on('error', () => undefined);
    const exited = new Promise<void>((resolve) => {
      guard.on('close', () => resolve());
      guard.on('error', () => resolve());
    });
    const pid = await Promise.race([pidFrom(guard), exited.then(() => undefined)]);
    if (pid === undefined) throw new EmbeddedServerError(`${program} can't be run`);
    guard.unref();
    for (const pipe of [guard.stdin, guard.stdout]) if (pipe instanceof Socket) pipe.unref();
    return new GuardedProcess(guard, pid, exited);
  }

  get isRunning(): boolean {
    return this.guard.exitCode === null && this.guard.signalCode === null && isAlive(this.pid);
  }

  /** Ends the server and waits until it has: SIGKILL after 3 s. */
  async stop(): Promise<void> {
    this.guard.ref();
    this.guard.stdin.end();
    await this.exited;
  }

  /** Sends a signal to nats-server; does nothing when it has gone. */
  signal(signal: NodeJS.Signals): void {
    try {
      process.kill(this.pid, signal);
    } catch {
      return;
    }
  }
}

async function pidFrom(guard: Guard): Promise<number | undefined> {
  const line = await new Promise<string>((resolve) => guard.stdout.once('data', (chunk) => resolve(String(chunk))));
  const match = /^pid (\d+)/.exec(line);
  guard.stdout.resume();
  return match === null ? undefined : Number(match[1]);
}
