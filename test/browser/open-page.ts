import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { comparisonPage } from '../../src/lab/comparison/page.ts';
import { aComparison } from '../lab/comparison/a-comparison.ts';

interface OpenPage {
  readonly page: Page;
  /** What the page asked for, itself aside. */
  readonly requests: readonly string[];
  /** What went to the console, and what was thrown. */
  readonly complaints: readonly string[];
}

/** The page of the comparison, opened from a file as a person would; closed when the test is over. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const folder = mkdtempSync(join(tmpdir(), 'notification-architectures-'));
  const file = join(folder, 'comparison.html');
  writeFileSync(file, comparisonPage(aComparison));
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  onTestFinished(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const page = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== url) requests.push(request.url());
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, requests, complaints };
}

/** The widths of a phone, a tablet and a laptop. */
export const widths = [360, 768, 1280] as const;

export const ofWidth = (width: number): BrowserContextOptions => ({ viewport: { width, height: 800 } });
