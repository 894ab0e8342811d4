import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { overflowPx } from './in-page.ts';
import { openControlRoom } from './open-control-room.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

/** Deliveries follow what is done, and pages look every five seconds. */
const patience = { timeout: 15_000 };

const paths = [
  '/',
  '/dashboard?period=week',
  '/inbox',
  '/inbox/ada',
  '/explain?id=ord-1001',
  '/flow',
  '/dead-letters',
  '/flows',
  '/compare',
];

/** A shop in which a mail was given up and a text was sent. */
async function openBusy(options: Parameters<typeof openControlRoom>[1] = {}) {
  const room = await openControlRoom(browser, options);
  room.provider.isDown = true;
  await room.post('/v1/orders/ord-1001/shipments', {});
  const letters = room.page.getByRole('table', { name: 'Dead letters' });
  await room.page.goto(`${room.url}/dead-letters`);
  await letters.waitFor();
  room.provider.isDown = false;
  return room;
}

test('an order that is shipped on the dashboard appears in it', async () => {
  const { page, complaints } = await openControlRoom(browser);
  expect(await page.getByText('Nothing has happened yet.').isVisible()).toBe(true);
  const form = page.locator('form').filter({ hasText: 'Ship an order' });

  await form.getByLabel('Order').fill('ord-1001');
  await page.keyboard.press('Enter');

  await form.getByText('Done.').waitFor();
  await page.locator('.events').getByText('OrderStatusChanged').waitFor();
  await page.getByText('News: OrderStatusChanged ord-1001').waitFor();
  // What came of it is asked for with the next look.
  await expect.poll(() => page.locator('.tiles b').first().textContent(), patience).toBe('2');
  expect(complaints).toEqual([]);
});

test('what was sent over time is drawn, with the figures beside it, and drawn anew', async () => {
  const { page, url, post, complaints } = await openControlRoom(browser);
  await page.goto(`${url}/dashboard?period=day`);
  const drawn = () =>
    page
      .getByRole('img', { name: /^Sent/ })
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const before = await drawn();

  await post('/v1/orders/ord-1001/shipments', {});
  await page.getByText('The same as a table').click();
  const latest = page.locator('#over-time-figures tbody tr').last();
  await expect.poll(() => latest.locator('td').first().textContent(), patience).toBe('2');

  expect(await drawn()).not.toBe(before);
  expect(await page.getByRole('link', { name: 'last day' }).getAttribute('aria-current')).toBe('true');
  // The table was brought up to date around whoever has opened it.
  expect(await page.locator('#over-time details').getAttribute('open')).toBe('');
  expect(complaints).toEqual([]);
});

test('what somebody else does appears too, unless updates are paused', async () => {
  const { page, post } = await openControlRoom(browser);
  const shown = page.locator('.events');

  await post('/v1/orders/ord-1002/shipments', {});
  await shown.getByText('ord-1002').waitFor();

  await page.getByRole('button', { name: 'Pause updates' }).click();
  await post('/v1/orders/ord-1004/shipments', {});
  // A page that were not paused would ask anew by then.
  await page.waitForTimeout(6000);
  expect(await shown.getByText('ord-1004').count()).toBe(0);

  await page.getByRole('button', { name: 'Pause updates' }).click();
  await shown.getByText('ord-1004').waitFor();
});

test('a refusal is told where it was asked', async () => {
  const { page } = await openControlRoom(browser);
  const form = page.locator('form').filter({ hasText: 'Fail a payment' });

  await form.getByLabel('Order').fill('ord-<b>');
  await form.getByRole('button').click();

  await form.getByText('Refused, unknown_order').waitFor();
});

test('a provider that is broken by hand fails what is sent, until it is mended', async () => {
  const { page, complaints } = await openControlRoom(browser);
  const state = page.getByRole('table', { name: 'Providers' }).getByRole('row', { name: 'email' });
  const refusing = page.locator('form').filter({ hasText: 'Have it refuse one customer' });
  await refusing.getByLabel('Customer').fill('ada');
  await refusing.getByRole('button').click();
  await state.getByText('refuses the address of ada for good').waitFor();

  const shipping = page.locator('form').filter({ hasText: 'Ship an order' });
  await shipping.getByLabel('Order').fill('ord-1001');
  await page.keyboard.press('Enter');
  await page.getByRole('table', { name: 'Recent failures' }).getByText('the recipient is blocked').waitFor();

  await page.getByRole('button', { name: 'Mend email' }).click();
  await page.getByText('email: well again.').waitFor();
  await state.getByText('well').waitFor();
  expect(complaints).toEqual([]);
});

test('a dead letter that is re-driven is sent, and gone', async () => {
  const { page } = await openBusy();
  expect(await page.getByText('550 <b>no</b> such "user"').isVisible()).toBe(true);

  await page.getByRole('button', { name: 'Re-drive order-shipped:ord-1001:ada:email' }).click();

  await page.getByText('order-shipped:ord-1001:ada:email: sent, receipt captured-').waitFor();
  await page.getByText('Nothing was given up.').waitFor();
});

test('an address can be written to again', async () => {
  const { page, url } = await openControlRoom(browser);
  await page.goto(`${url}/dead-letters`);

  await page.getByRole('button', { name: 'Lift finn@example.com' }).click();

  await page.getByText('Every address may be written to.').waitFor();
});

test('a mail is seen as it looks, and can run nothing', async () => {
  const { page, url, post } = await openControlRoom(browser);
  await post('/v1/orders/ord-1001/shipments', {});
  const mails = async (): Promise<number> => {
    await page.goto(`${url}/inbox/ada`);
    return page.locator('iframe').count();
  };
  await expect.poll(mails, patience).toBe(1);

  const frame = page.frameLocator('iframe');
  await frame.getByText('Hello Ada Byrne,').waitFor();

  const button = frame.getByRole('link', { name: 'Follow your order' });
  expect(await button.evaluate((link) => getComputedStyle(link).color)).toBe('rgb(255, 255, 255)');
  expect(await frame.locator('body').evaluate(() => window.origin)).toBe('null');
});

test.each(['light', 'dark'] as const)('nothing on any page hinders anybody, in %s', async (colorScheme) => {
  const { page, url } = await openBusy({ colorScheme });
  for (const path of paths) {
    await page.goto(`${url}${path}`);
    expect({ path, violations: await violationsOf(page) }).toEqual({ path, violations: [] });
  }
});

test.each([390, 768, 1920])('at %i pixels no page scrolls sideways', async (width) => {
  const { page, url } = await openBusy({ viewport: { width, height: 800 } });
  for (const path of paths) {
    await page.goto(`${url}${path}`);
    expect({ path, overflow: await page.evaluate(overflowPx) }).toEqual({ path, overflow: 0 });
  }
});

test('the keyboard gets to the content at once', async () => {
  const { page } = await openControlRoom(browser);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
});

test('without a script everything can be read, and nothing is offered that does not work', async () => {
  const { page, url } = await openControlRoom(browser, { javaScriptEnabled: false });
  expect(await page.getByRole('heading', { name: 'Deliveries' }).isVisible()).toBe(true);
  expect(await page.getByRole('img').count()).toBe(0);
  await page.getByText('The same as a table').click();
  expect(await page.locator('#over-time-figures tbody tr').count()).toBe(60);
  await page.goto(`${url}/dead-letters`);

  expect(await page.getByText('finn@example.com').first().isVisible()).toBe(true);
  expect(await page.getByRole('button').count()).toBe(0);
});

test('the comparison is measured at a press, and stands in its frame when it is there', async () => {
  let done = (_: string): void => {};
  const measure = () => new Promise<string>((resolve) => (done = resolve));
  const { page, url, complaints } = await openControlRoom(browser, { measure });
  await page.goto(`${url}/compare`);

  await page.getByRole('button', { name: 'Measure it here' }).click();
  await page.getByText('It is being measured').waitFor();
  done('<!doctype html><html lang="en"><title>Measured</title><h1>The answer</h1></html>');

  await page.frameLocator('.whole iframe').getByText('The answer').waitFor();
  expect(await page.getByText('Measured here').isVisible()).toBe(true);
  expect(complaints).toEqual([]);
});

test('without a script it can be measured too', async () => {
  const { page, url } = await openControlRoom(browser, { javaScriptEnabled: false });
  await page.goto(`${url}/compare`);

  await page.getByRole('button', { name: 'Measure it here' }).click();

  await page.getByText(/Measured here|It is being measured/).waitFor();
});

test('each flow of the gallery shows its pictures in a frame', async () => {
  const { page, url, complaints } = await openControlRoom(browser);
  await page.goto(`${url}/flows`);
  const frame = page.frameLocator('iframe[title="Pictures of the flow iot"]');

  await page.locator('iframe[title="Pictures of the flow iot"]').scrollIntoViewIfNeeded();
  await frame.getByRole('img').first().waitFor();
  await page.getByRole('link', { name: 'iot' }).click();
  await page.getByRole('heading', { level: 1, name: 'iot' }).waitFor();

  expect(complaints).toEqual([]);
});

async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ exclude: ['iframe'] }),
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
