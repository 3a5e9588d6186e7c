import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/until.js';
import { plainEnvironment } from '../package/run-program.js';
import { descendantsOf, isRunning } from './processes.js';

const ROOT = join(import.meta.dirname, '..', '..');
const READY = 'Ctrl-C ends all of it.';
const READY_WITHIN_MS = 120_000;

export interface ShopSettings {
  readonly dataDir?: string;
  readonly port?: number;
  /** Starts it as a user does, by npm, which then is the process. */
  readonly byNpm?: boolean;
  /** What the gateways run on; default `express`. */
  readonly adapter?: 'express' | 'fastify';
}

/** `npm start` in a process of its own, with data of its own. */
export class RunningShop {
  printed = '';
  private exitCode: number | null | undefined;

  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text: Buffer) => (this.printed += text.toString()));
    }
    child.on('exit', (code) => (this.exitCode = code));
  }

  /** Starts it without waiting until it is ready. */
  static async launch({ dataDir, port, byNpm = false, adapter = 'express' }: ShopSettings = {}): Promise<RunningShop> {
    const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'shop-test-')));
    const { PORT: _, NATS_URL: __, ...others } = plainEnvironment();
    // TMPDIR: where the printed lines keep their cookies.
    const env = {
      ...others,
      ADAPTER: adapter,
      DATA_DIR: folder,
      TMPDIR: folder,
      ...(port !== undefined && { PORT: String(port) }),
    };
    const command = byNpm ? ['npm', 'start'] : [process.execPath, 'apps/launcher/run.mjs', 'start'];
    const [program = '', ...args] = command;
    return new RunningShop(spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] }), folder);
  }

  static async start(settings: ShopSettings = {}): Promise<RunningShop> {
    const shop = await RunningShop.launch(settings);
    const isSettled = (): boolean => shop.printed.includes(READY) || shop.exitCode !== undefined;
    await until(isSettled, 'the shop is open', READY_WITHIN_MS);
    if (shop.exitCode !== undefined) throw new Error(`the shop ended with ${shop.exitCode}:\n${shop.printed}`);
    return shop;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Its address as printed; number 1 or 2. */
  gateway(number: 1 | 2): string {
    return new RegExp(`gateway-${number} +(http://\\S+)`).exec(this.printed)?.[1] ?? '';
  }

  get curlLines(): readonly string[] {
    return this.printed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('curl '));
  }

  /** All processes below it: gateways, cart service, guard and nats-server. */
  descendants(): Promise<readonly number[]> {
    return descendantsOf(this.pid);
  }

  /** Sends a signal and waits until it, and each of `others`, has ended. */
  async end(signal: NodeJS.Signals, others: readonly number[]): Promise<void> {
    this.child.kill(signal);
    await until(() => [this.pid, ...others].every((pid) => !isRunning(pid)), 'all processes have ended', 15_000);
  }

  async exited(): Promise<number | null> {
    await until(() => this.exitCode !== undefined, 'the shop has ended', READY_WITHIN_MS);
    return this.exitCode ?? null;
  }

  /** Ends it if it still runs, and removes its data. */
  async clear(): Promise<void> {
    if (this.exitCode === undefined && isRunning(this.pid)) await this.end('SIGTERM', await this.descendants());
    await rm(this.dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
