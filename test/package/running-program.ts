import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program of its own process that listens on PORT. */
export class RunningProgram {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** Resolves when the program answers HTTP; rejects with what it printed when it ends or stays silent. */
  static async start(cwd: string, file: string, env: NodeJS.ProcessEnv): Promise<RunningProgram> {
    const port = await freePort();
    const child = spawn(process.execPath, [file], { cwd, env: { ...env, PORT: `${port}` } });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (printed += text.toString()));
    const program = new RunningProgram(child, `http://127.0.0.1:${port}`);
    const givesUpAt = Date.now() + 120_000;
    while (!(await program.answers())) {
      if (child.exitCode !== null) throw new Error(`${file} ended with exit code ${child.exitCode}:\n${printed}`);
      if (Date.now() > givesUpAt) {
        await program.stop();
        throw new Error(`${file} didn't listen within two minutes:\n${printed}`);
      }
      await sleep(100);
    }
    return program;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
  }

  private async answers(): Promise<boolean> {
    return fetch(this.url).then(
      () => true,
      () => false,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('A listening socket has no port.');
  return address.port;
}
