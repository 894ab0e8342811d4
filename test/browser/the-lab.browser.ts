import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { silentLogger, systemClock } from '../../src/kernel/index.ts';
import { serveLab } from '../../src/lab/live/index.ts';
import { launchChromium } from './chromium.ts';
import { overflowPx } from './in-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

/** Four processes start, on a machine that may be busy. */
const patience = { timeout: 120_000 };

async function openLab(options: BrowserContextOptions = {}): Promise<{ page: Page; complaints: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  const stop = new AbortController();
  const { url, closed } = await serveLab({
    host: '127.0.0.1',
    port: 0,
    folder,
    clock: systemClock(),
    logger: silentLogger,
    signal: stop.signal,
  });
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  onTestFinished(async () => {
    await context.close();
    stop.abort();
    await closed;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

const columnOf = (page: Page, name: string) => page.getByRole('article', { name });
const click = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const figure = (page: Page, column: string, name: string) =>
  columnOf(page, column)
    .locator('div', { has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .textContent();

test('from "SMS goes down" to healed, and a kill that one of four does not survive whole', async () => {
  const { page, complaints } = await openLab();
  await click(page, 'SMS goes down');
  await page.getByText('The SMS provider refuses everything.').waitFor(patience);
  for (let count = 0; count < 5; count++) {
    await click(page, 'A customer orders');
    await expect.poll(() => figure(page, 'pipeline', 'delivered'), patience).toBe(String(count + 1));
  }
  await columnOf(page, 'event-sourced').getByText('sms breaker open').waitFor(patience);

  await click(page, '+1 h');
  await expect.poll(() => figure(page, 'api-driven', 'dead letters'), patience).not.toBe('0');
  await click(page, 'Mend all providers');
  await page.getByText('All providers are well again.').waitFor(patience);
  await click(page, 'Re-drive dead letters');
  await click(page, '+1 h');
  for (const column of ['event-sourced', 'api-driven', 'pipeline', 'command-driven'])
    await expect.poll(() => figure(page, column, 'delivered'), patience).toBe('10');

  await click(page, 'Kill, as an order is committed');
  await columnOf(page, 'command-driven').getByText('life 1').first().waitFor(patience);
  await expect
    .poll(() => page.getByRole('button', { name: 'A customer orders' }).isDisabled(), patience)
    .toBe(true);
  await click(page, 'Start them again');
  await page.getByText('api-driven will never send 2 messages').waitFor(patience);
  expect(await figure(page, 'api-driven', 'lost')).toBe('2');
  expect(await figure(page, 'event-sourced', 'lost')).toBe('0');
  expect(complaints).toEqual([]);
}, 300_000);

test.each([
  ['light', 1920],
  ['dark', 1280],
  ['light', 390],
] as const)(
  'it can be read and operated: %s, %i pixels wide',
  async (colorScheme, width) => {
    const { page } = await openLab({ colorScheme, viewport: { width, height: 900 } });
    await click(page, 'A customer orders');
    await expect.poll(() => figure(page, 'pipeline', 'delivered'), patience).toBe('2');

    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string }[] };
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(await page.evaluate(overflowPx)).toBe(0);
  },
  300_000,
);

test('without a script its buttons are forms, which the server takes', async () => {
  const { page } = await openLab({ javaScriptEnabled: false });

  await click(page, 'A customer orders');

  await page.locator('#said .what').getByText('A customer orders').waitFor(patience);
});
