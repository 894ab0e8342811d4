import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { openPage } from './open-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

const shownScenarios = (page: Page): Promise<string[]> =>
  page.locator('article.panel:visible > h3').allTextContents();

const shownArchitectures = (page: Page): Promise<string[]> =>
  page.locator('.path:visible h4').allTextContents();

const choice = (page: Page, name: string): Locator => page.locator('label').filter({ hasText: name });

test('the first scenario is shown to begin with, on two architectures side by side', async () => {
  const { page } = await openPage(browser);

  expect(await shownScenarios(page)).toEqual(['order-shipped']);
  expect(await shownArchitectures(page)).toEqual(['event-sourced', 'api-driven']);
});

test('another scenario takes its place, without any script', async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });

  await choice(page, 'price-drop').click();
  await choice(page, 'pipeline').click();

  expect(await shownScenarios(page)).toEqual(['price-drop']);
  expect(await page.getByText('Cannot play it: it has no way to read carts.').isVisible()).toBe(true);
  expect(await page.getByRole('img', { name: 'price-drop on api-driven' }).isVisible()).toBe(true);
});

test('an architecture can be left out, and comes back', async () => {
  const { page } = await openPage(browser);

  await choice(page, 'event-sourced').click();
  await choice(page, 'pipeline').click();
  expect(await shownArchitectures(page)).toEqual(['api-driven', 'pipeline']);

  await choice(page, 'event-sourced').click();
  expect(await shownArchitectures(page)).toEqual(['event-sourced', 'api-driven', 'pipeline']);
});

test('the keyboard can do it all', async () => {
  const { page } = await openPage(browser);

  await page.getByRole('radio', { name: 'order-shipped' }).focus();
  await page.keyboard.press('ArrowRight');
  expect(await shownScenarios(page)).toEqual(['price-drop']);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect(await shownArchitectures(page)).toEqual(['api-driven']);
});

test('where the keyboard is can be seen', async () => {
  const { page } = await openPage(browser);

  await page.getByRole('radio', { name: 'order-shipped' }).focus();
  await page.keyboard.press('ArrowRight');

  const outline = await choice(page, 'price-drop').evaluate((label) => getComputedStyle(label).outlineStyle);
  expect(outline).toBe('solid');
});

test('a path can be read as a list', async () => {
  const { page } = await openPage(browser);
  const figure = page
    .locator('figure')
    .filter({ has: page.getByRole('img', { name: 'order-shipped on api-driven' }) });

  await figure.getByText('As a list').click();

  const items = await figure.locator('li:visible').allTextContents();
  expect(items).toHaveLength(10);
  expect(items.at(-1)).toBe('delivery → datastore: write decisions, 2 times');
});
