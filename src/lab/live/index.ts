/**
 * The four architectures side by side on one virtual clock, each in a process of its own that can be killed, and a page on
 * which they are broken by hand.
 *
 * @example
 * ```ts
 * import { mkdtempSync, rmSync } from 'node:fs';
 * import { silentLogger, systemClock } from './src/kernel/index.ts';
 * import { serveLab } from './src/lab/live/index.ts';
 *
 * const folder = mkdtempSync('/tmp/lab-');
 * const stop = new AbortController();
 * const { url, closed } = await serveLab({
 *   host: '127.0.0.1',
 *   port: 0,
 *   folder,
 *   clock: systemClock(),
 *   logger: silentLogger,
 *   signal: stop.signal,
 * });
 * const body = JSON.stringify({ action: 'order' });
 * const headers = { 'content-type': 'application/json' };
 * const response = await fetch(`${url}/v1/lab/actions`, { method: 'POST', headers, body });
 * console.log(response.status);
 * stop.abort();
 * await closed;
 * rmSync(folder, { recursive: true });
 * ```
 */
export { labGuest } from './lab-guest.ts';
export { serveLab } from './serve-lab.ts';
