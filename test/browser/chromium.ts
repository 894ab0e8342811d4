import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The system's own, or the one that CHROMIUM_PATH names. Nothing is downloaded. */
const chromiumPath = (): string => process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** What to do when there is none; undefined when there is one. */
export function missingChromium(): string | undefined {
  if (existsSync(chromiumPath())) return undefined;
  return (
    `test:browser: there is no Chromium at ${chromiumPath()}. ` +
    'Install it (apt-get install chromium), or set CHROMIUM_PATH to where one is.'
  );
}

/** A headless Chromium; to be closed. */
export function launchChromium(): Promise<Browser> {
  // Chromium's sandbox refuses to run as root, which is what containers run as.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: chromiumPath(), chromiumSandbox: !isRoot });
}
