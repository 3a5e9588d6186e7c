import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { RunningShop } from '../cluster/running-shop.js';
import { until } from '../support/until.js';
import { launchChromium } from './chromium.js';

const START_TIMEOUT_MS = 180_000;
const STEP_TIMEOUT_MS = 10_000;

// On Fastify; test/cluster opens the shop on Express.
describe('the page', () => {
  let shop: RunningShop;
  let browser: Browser;
  let visitor: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    shop = await RunningShop.start({ adapter: 'fastify' });
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await browser?.close();
    await shop?.clear();
  });

  beforeEach(async () => {
    visitor = await browser.newContext();
    visitor.setDefaultTimeout(STEP_TIMEOUT_MS);
    page = await visitor.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(shop.gateway(1));
    await page.getByText('Nothing was stored yet').waitFor();
  });

  afterEach(() => visitor.close());

  it('stores nothing and sets no cookie for somebody who only looks', async () => {
    expect(await visitor.cookies()).toEqual([]);
    expect(await page.getByText('Nothing was stored yet').isVisible()).toBe(true);
  });

  it('signs in, fills the cart, and finds it on the other gateway', async () => {
    await signIn(page, 'Ada');
    await page.getByRole('button', { name: 'Add Round teapot' }).click();
    await page.getByRole('button', { name: 'One more of Round teapot' }).click();
    await quantityIs(page, 'Round teapot', '2');
    await page.getByRole('radio', { name: 'gateway-2' }).check();
    await page.getByText('gateway-2 answered').waitFor();
    await quantityIs(page, 'Round teapot', '2');
    await page.getByText('Signed in as Ada').waitFor();
    await page.getByRole('button', { name: 'One less of Round teapot' }).click();
    await quantityIs(page, 'Round teapot', '1');
    await page.getByRole('button', { name: 'Remove Round teapot' }).click();
    await page.getByText('Nothing in it yet').waitFor();
    expect(await page.getByText('Nothing in it yet').isVisible()).toBe(true);
  });

  it('shows what a request committed: its bytes, those of a full save, and the difference', async () => {
    await page.getByRole('button', { name: 'Add Small cup' }).click();
    const newest = page.locator('#commits > li').first();
    await newest.getByText('"sku":"cup"').waitFor();
    expect(await newest.locator('.sent .amount').textContent()).toMatch(/^[\d,]+ B$/);
    expect(await newest.locator('.whole .amount').textContent()).toMatch(/^[\d,]+ B$/);
    await page.getByRole('button', { name: 'Count one more' }).click();
    await page.locator('#commits > li').first().getByText('=visits 1').waitFor();
  });

  it('shows the prices that the cart service wrote, and its commit', async () => {
    await page.getByRole('button', { name: 'Add Copper kettle' }).click();
    await page.getByRole('button', { name: 'Ask the cart service' }).click();
    await page.locator('#commits > li').first().getByText('cart-1').waitFor();
    expect(await page.locator('#total').textContent()).toBe('€69.00');
  });

  it('loses none of sixty additions at once, and then sends only what changed', async () => {
    await page.getByRole('button', { name: 'Send the rush' }).click();
    await page.getByText('60 lines: all 60 additions are in').waitFor();
    const newest = page.locator('#commits > li').first();
    await page.getByRole('button', { name: 'Count one more' }).click();
    await newest.getByText('=visits 1').waitFor();
    expect(await bytesIn(newest.locator('.sent'))).toBeLessThan(500);
    expect(await bytesIn(newest.locator('.whole'))).toBeGreaterThan(4_096);
  });

  it('signs out: the session is over on both gateways', async () => {
    await signIn(page, 'Ada');
    await page.getByRole('button', { name: 'Add Oolong tea' }).click();
    await quantityIs(page, 'Oolong tea', '1');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.getByText('Nothing in it yet').waitFor();
    expect(await visitor.cookies()).toEqual([]);
    await page.getByRole('radio', { name: 'gateway-2' }).check();
    await page.getByText('gateway-2 answered').waitFor();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('says in words what a 409 and a 503 mean, and repeats the click when asked', async () => {
    let statuses = [409, 503];
    await page.route('**/api/visits', async (route) => {
      const [status, ...others] = statuses;
      statuses = others;
      if (status === undefined) return route.continue();
      return route.fulfill({ status, headers: { 'Retry-After': '1' }, json: {} });
    });
    await page.getByRole('button', { name: 'Count one more' }).click();
    await page.getByText('changed elsewhere at the same time').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Nothing of this click was stored. Try again in 1 s.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('1 visit', { exact: true }).waitFor();
    expect(await page.getByRole('alert').textContent()).toBe('');
  });

  it.each([360, 1280])('fits a window %i pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('button', { name: 'Add Small cup' }).click();
    await quantityIs(page, 'Small cup', '1');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(`Signed in as ${name}`).waitFor();
}

async function quantityIs(page: Page, product: string, quantity: string): Promise<void> {
  const shown = page.getByLabel(`How many of ${product}`);
  await until(async () => (await shown.textContent()) === quantity, `${quantity} of ${product}`);
}

async function bytesIn(row: ReturnType<Page['locator']>): Promise<number> {
  return Number((await row.locator('.amount').textContent())?.replace(/\D/g, ''));
}
