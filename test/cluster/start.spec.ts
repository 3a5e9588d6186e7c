import { exec } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningShop, type ShopSettings } from './running-shop.js';

const inShell = promisify(exec);
const GATEWAYS_CART_GUARD_AND_NATS = 5;
const TIMEOUT_MS = 180_000;

describe('npm start', { timeout: TIMEOUT_MS }, () => {
  const shops: RunningShop[] = [];
  const start = async (settings?: ShopSettings): Promise<RunningShop> => {
    const shop = await RunningShop.start(settings);
    shops.push(shop);
    return shop;
  };
  let port: number;
  let shop: RunningShop;

  beforeAll(async () => {
    port = await freePort();
    shop = await start({ port });
  }, TIMEOUT_MS);

  afterAll(async () => {
    for (const one of shops) await one.clear();
  });

  it('opens the shop on PORT and prints three lines that work when pasted', async () => {
    expect(shop.gateway(1)).toBe(`http://127.0.0.1:${port}`);
    expect(shop.gateway(2)).not.toBe(shop.gateway(1));
    expect(shop.curlLines).toHaveLength(3);
    const answers: string[] = [];
    for (const line of shop.curlLines) answers.push((await inShell(line)).stdout);
    const [added, priced, commits] = answers.map((answer) => JSON.parse(answer) as unknown);
    expect(added).toMatchObject({ lines: [{ sku: 'teapot', quantity: 1, unitCents: null }] });
    expect(priced).toMatchObject({ lines: [{ sku: 'teapot', unitCents: 4250 }], totalCents: 4250 });
    expect(commits).toMatchObject([{ node: 'gateway-1' }, { node: 'cart-1' }]);
  });

  it('says so when PORT is taken, and starts nothing', async () => {
    const second = await RunningShop.launch({ port });
    shops.push(second);
    expect(await second.exited()).toBe(1);
    expect(second.printed).toContain(`Port ${port} is taken`);
    expect(await readdir(second.dataDir)).toEqual([]);
  });

  it('refuses a second start on the same data, naming the process that has it', async () => {
    const second = await RunningShop.launch({ dataDir: shop.dataDir });
    expect(await second.exited()).toBe(1);
    expect(second.printed).toContain(String(shop.pid));
  });

  it('ends with all its processes on Ctrl-C, and keeps sessions to the next start, which SIGKILL ends as well', async () => {
    const cookie = await addTeapot(shop);
    expect(await shop.descendants()).toHaveLength(GATEWAYS_CART_GUARD_AND_NATS);
    await shop.end('SIGINT', await shop.descendants());
    expect(await shop.exited()).toBe(0);
    const again = await start({ dataDir: shop.dataDir });
    const cart = await (await fetch(`${again.gateway(2)}/api/cart`, { headers: { cookie } })).json();
    expect(cart).toMatchObject({ lines: [{ sku: 'teapot' }] });
    await again.end('SIGKILL', await again.descendants());
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no process behind when npm gets %s', async (signal) => {
    const byNpm = await start({ byNpm: true });
    const others = await byNpm.descendants();
    expect(others.length).toBeGreaterThan(GATEWAYS_CART_GUARD_AND_NATS);
    await byNpm.end(signal, others);
  });
});

async function addTeapot(shop: RunningShop): Promise<string> {
  const response = await fetch(`${shop.gateway(1)}/api/cart/lines`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sku: 'teapot' }),
  });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
