import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import {
  backgroundColor,
  clippedCaptions,
  contrasts,
  headingLevels,
  overflowPx,
  stickingOut,
} from './in-page.ts';
import { ofWidth, openPage, widths } from './open-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

test('the page asks for nothing, and nothing complains', async () => {
  const { page, requests, complaints } = await openPage(browser);
  await page.waitForLoadState('networkidle');

  expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([]);
  expect(complaints).toEqual([]);
});

test.each(widths)('at %i pixels the page does not scroll sideways', async (width) => {
  const { page } = await openPage(browser, ofWidth(width));

  expect(await page.evaluate(overflowPx)).toBe(0);
  expect(await page.evaluate(stickingOut)).toEqual([]);
});

test('on a phone, what is wide scrolls in a container of its own', async () => {
  const { page } = await openPage(browser, ofWidth(360));
  const matrix = page.getByRole('region', { name: 'Effects of each fault' });
  await matrix.scrollIntoViewIfNeeded();
  await matrix.focus();

  await page.keyboard.press('End');
  for (let presses = 0; presses < 40; presses += 1) await page.keyboard.press('ArrowRight');

  await expect.poll(() => matrix.evaluate((element) => element.scrollLeft)).toBeGreaterThan(100);
  expect(await page.evaluate(() => window.scrollX)).toBe(0);
});

test('the background is dark for those who want it dark', async () => {
  const { page: light } = await openPage(browser, { colorScheme: 'light' });
  const { page: dark } = await openPage(browser, { colorScheme: 'dark' });

  expect(await light.evaluate(backgroundColor)).toBe('rgb(251, 251, 249)');
  expect(await dark.evaluate(backgroundColor)).toBe('rgb(21, 23, 26)');
});

test.each(['light', 'dark'] as const)('every text can be read in %s', async (colorScheme) => {
  const { page } = await openPage(browser, { colorScheme });
  const alike = await page.evaluate(contrasts);
  await page.locator('label').filter({ hasText: 'price-drop' }).click();
  await page.locator('summary:visible').first().click();
  const unlike = await page.evaluate(contrasts);

  for (const shown of [alike, unlike]) {
    expect(shown.length).toBeGreaterThan(300);
    expect(shown.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  }
});

test('headings go down one level at a time, below a single first one', async () => {
  const { page } = await openPage(browser);

  const levels = await page.evaluate(headingLevels);

  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  expect(levels[0]).toBe(1);
  const jumps = levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1);
  expect(jumps).toEqual([]);
});

test('the page has its landmarks, and its contents lead to what they name', async () => {
  const { page } = await openPage(browser);

  for (const role of ['banner', 'main', 'contentinfo'] as const)
    expect(await page.getByRole(role).count()).toBe(1);
  const links = page.getByRole('navigation', { name: 'Sections' }).getByRole('link');
  expect(await links.count()).toBe(9);
  await links.filter({ hasText: 'Coupling' }).click();
  await expect
    .poll(() => page.locator('#coupling').evaluate((element) => element.getBoundingClientRect().top))
    .toBeLessThan(100);
});

test.each(widths)('at %i pixels the drawings are in their columns, and cut no name off', async (width) => {
  const { page } = await openPage(browser, ofWidth(width));
  const drawings = page.getByRole('img', { name: 'order-shipped on' });

  expect(await drawings.count()).toBe(2);
  for (const drawing of await drawings.all()) {
    const box = await drawing.boundingBox();
    expect(box?.width).toBeGreaterThan(Math.min(width, 400) / 2);
    expect(box?.width).toBeLessThanOrEqual(width);
  }
  expect(await page.evaluate(clippedCaptions)).toEqual([]);
});

test('on paper it is black on white, with every scenario, and nothing hangs over the edge', async () => {
  const { page } = await openPage(browser, { ...ofWidth(720), colorScheme: 'dark' });

  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });

  expect(await page.evaluate(backgroundColor)).toBe('rgb(251, 251, 249)');
  expect(await page.locator('article.panel:visible').count()).toBe(2);
  expect(await page.getByRole('group', { name: 'Scenario' }).count()).toBe(0);
  expect(await page.evaluate(overflowPx)).toBe(0);
});
