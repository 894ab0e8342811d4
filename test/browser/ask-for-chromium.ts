import { missingChromium } from './chromium.ts';

/** Before any test: without a browser, one line is better than a stack for each of them. */
export default function askForChromium(): void {
  const missing = missingChromium();
  if (missing === undefined) return;
  process.stderr.write(`${missing}\n`);
  process.exit(1);
}
