import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Command, RegisterCustomer } from '../../../src/services/index.ts';

/** A folder that is gone when the test ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A history in a folder of its own, and the path of a report beside it. */
export function writeHistory(...lines: readonly (string | Buffer)[]) {
  const folder = temporaryFolder();
  const file = join(folder, 'history.ndjson');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return {
    folder,
    file,
    report: join(folder, 'report.ndjson'),
    filesThere: () => readdirSync(folder).sort(),
  };
}

/** A line of a history, with its types checked. */
export const at = (time: string, command: Command): string => JSON.stringify({ at: time, ...command });

/** Kim, whom every channel reaches, but for what a story says. */
export const register = (differences: Partial<RegisterCustomer> = {}): Command => ({
  service: 'accounts',
  command: 'registerCustomer',
  data: {
    customerId: 'kim',
    name: 'Kim Lund',
    email: 'kim@example.com',
    phone: '+15550100',
    segment: 'gold',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: { order_updates: { sms: true }, payment_alerts: { sms: true }, price_alerts: { sms: true } },
    ...differences,
  },
});

const usd = (amount: number) => ({ amount, currency: 'USD' });

export const addHelmet: Command = {
  service: 'pricing',
  command: 'addProduct',
  data: { productId: 'helmet', name: 'Helmet', price: usd(3499) },
};

export const priceHelmetAt = (amount: number): Command => ({
  service: 'pricing',
  command: 'updatePrice',
  data: { productId: 'helmet', price: usd(amount) },
});

export const putHelmetInCartOf = (customerId: string): Command => ({
  service: 'ordering',
  command: 'addCartItem',
  data: { customerId, productId: 'helmet', quantity: 1 },
});

export const order = (orderId: string, customerId = 'kim'): Command => ({
  service: 'ordering',
  command: 'placeOrder',
  data: {
    orderId,
    customerId,
    lineItems: [{ lineItemId: `${orderId}-1`, productId: 'helmet', quantity: 1 }],
  },
});

export const ship = (orderId: string): Command => ({
  service: 'ordering',
  command: 'shipOrder',
  data: { orderId },
});

export interface ReportLine {
  readonly notification: string;
  readonly customerId: string;
  readonly channel: string;
  readonly status: string;
  readonly reason: string;
  readonly subject: string;
  readonly requestedAt: string;
  readonly settledAt: string;
}

export const readReport = (file: string): ReportLine[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** `order-shipped kim sms sent` */
export const inShort = ({ notification, customerId, channel, reason }: ReportLine): string =>
  [notification, customerId, channel, reason].join(' ');
