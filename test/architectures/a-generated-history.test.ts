import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Random, seededRandom } from '../../src/kernel/index.ts';
import { optionsOf, variants } from '../../src/lab/comparison/measure/variants.ts';
import { replay } from '../../src/lab/replay/replay.ts';
import type { Command } from '../../src/services/index.ts';

const customers = 24;
const products = ['helmet', 'gloves', 'bike', 'bell'];
const orders = 90;
const minuteMs = 60_000;

const below = (random: Random, limit: number): number => Math.floor(random.next() * limit);
const oneOf = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)] as T;

function registration(random: Random, index: number): Command {
  const both = { email: true, sms: random.next() < 0.7 };
  return {
    service: 'accounts',
    command: 'registerCustomer',
    data: {
      customerId: `cust-${index}`,
      name: `Customer ${index}`,
      email: `customer${index}@example.com`,
      ...(random.next() < 0.8 && { phone: `+1555${String(index).padStart(7, '0')}` }),
      segment: oneOf(random, ['standard', 'silver', 'gold', 'platinum'] as const),
      locale: oneOf(random, ['en-GB', 'de-DE']),
      timeZone: oneOf(random, ['Europe/Berlin', 'America/New_York']),
      preferences: { order_updates: both, payment_alerts: both, price_alerts: both },
      ...(random.next() < 0.5 && { quietHours: { start: '22:00', end: '07:00' } }),
    },
  };
}

/** One order from the cart to its end, with what a shop meets on the way. */
function lifeOf(random: Random, index: number): Command[] {
  const orderId = `ord-${index}`;
  const ids = Array.from({ length: 1 + below(random, 3) }, (_, item) => `${orderId}-${item + 1}`);
  const customerId = `cust-${below(random, customers)}`;
  const lineItems = ids.map((lineItemId) => ({
    lineItemId,
    productId: oneOf(random, products),
    quantity: 1 + below(random, 3),
  }));
  const ordering = 'ordering' as const;
  const payment = { paymentId: `pay-${index}`, orderId };
  const productId = oneOf(random, products);
  const price = { amount: 1000 + below(random, 5000), currency: 'USD' };
  const ends: Command[][] = [
    [{ service: ordering, command: 'cancelOrder', data: { orderId, reason: 'customer_request' } }],
    [
      { service: ordering, command: 'shipOrder', data: { orderId } },
      { service: ordering, command: 'deliverOrder', data: { orderId } },
    ],
    [
      ...ids.map((lineItemId): Command => {
        return { service: ordering, command: 'shipLineItem', data: { orderId, lineItemId } };
      }),
      { service: ordering, command: 'deliverOrder', data: { orderId } },
    ],
  ];
  return [
    { service: ordering, command: 'addCartItem', data: { customerId, productId, quantity: 1 } },
    { service: ordering, command: 'placeOrder', data: { orderId, customerId, lineItems } },
    random.next() < 0.3
      ? { service: 'billing', command: 'failPayment', data: { ...payment, reason: 'card_declined' } }
      : { service: 'billing', command: 'receivePayment', data: payment },
    ...(random.next() < 0.4
      ? [{ service: 'pricing', command: 'updatePrice', data: { productId, price } } as const]
      : []),
    ...oneOf(random, ends),
  ];
}

/** Some hundreds of commands over a few days, nights included. */
function historyOf(random: Random): string[] {
  const opening: Command[] = [
    ...Array.from({ length: customers }, (_, index) => registration(random, index)),
    ...products.map((productId): Command => {
      const price = { amount: 3000, currency: 'USD' };
      return { service: 'pricing', command: 'addProduct', data: { productId, name: productId, price } };
    }),
  ];
  const lives = Array.from({ length: orders }, (_, index) => lifeOf(random, index)).flat();
  let atMs = Date.parse('2026-03-02T08:00:00Z');
  return [...opening, ...lives].map((command) => {
    atMs += below(random, 20) * minuteMs;
    return JSON.stringify({ at: new Date(atMs).toISOString(), ...command });
  });
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('hundreds of commands give the same report on every architecture, however it hands over, to the byte', {
  timeout: 120_000,
}, async () => {
  const file = join(folder, 'history.ndjson');
  const lines = historyOf(seededRandom(7));
  writeFileSync(file, `${lines.join('\n')}\n`);

  const reports = new Map<string, string>();
  for (const variant of variants) {
    const { architecture, handOver } = variant;
    const report = join(folder, `${architecture}-${handOver}.ndjson`);
    const { refused, unreadable } = await replay({ file, report, ...optionsOf(variant) });
    expect({ refused, unreadable }).toEqual({ refused: 0, unreadable: 0 });
    reports.set(`${architecture} ${handOver}`, readFileSync(report, 'utf8'));
  }

  expect(lines.length).toBeGreaterThan(400);
  const [[reference, expected] = ['', ''], ...others] = reports;
  expect(overtakenOtherwise(lines, expected)).toEqual([]);
  for (const reason of ['sent', 'overtaken', 'opted_out', 'no_contact', 'segment_not_eligible'])
    expect(expected).toContain(`"reason":"${reason}"`);
  for (const [name, report] of others) expect(report, `${name} beside ${reference}`).toBe(expected);
});

type HistoryLine = Command & { readonly at: string };
interface ReportLine {
  readonly notification: string;
  readonly customerId: string;
  readonly status: string;
  readonly reason: string;
  readonly subject: string;
  readonly requestedAt: string;
  readonly settledAt: string;
}

/** Lines of the report that waited and ended otherwise than the rules say, by the commands alone. */
function overtakenOtherwise(history: readonly string[], report: string): string[] {
  const commands = history.map((line) => JSON.parse(line) as HistoryLine);
  const lines = report.trimEnd().split('\n');
  return lines.filter((text) => {
    const line = JSON.parse(text) as ReportLine;
    const hasWaited = line.settledAt > line.requestedAt;
    if (!hasWaited || line.reason === 'expired') return line.reason === 'overtaken';
    // What is due at the moment of a command goes before it.
    const until = (at: string) => commands.filter((command) => Date.parse(command.at) < Date.parse(at));
    const isOver = isNoLongerSo(line, until(line.settledAt), until(line.requestedAt).length);
    return (line.reason === 'overtaken') !== isOver;
  });
}

/** `before`: how many of the commands were given before that which led to it. */
function isNoLongerSo(
  { notification, customerId, subject }: ReportLine,
  commands: readonly HistoryLine[],
  before: number,
): boolean {
  const ofOrder = commands.filter(({ data }) => 'orderId' in data && data.orderId === subject);
  const isDone = (name: string): boolean => ofOrder.some(({ command }) => command === name);
  if (notification === 'order-confirmed') return isDone('cancelOrder');
  if (notification === 'order-shipped' || notification === 'order-complete') return isDone('deliverOrder');
  if (notification !== 'price-drop') return false;
  const prices = commands.flatMap((each, index) =>
    each.command === 'updatePrice' && each.data.productId === subject
      ? [{ index, amount: each.data.price.amount }]
      : [],
  );
  const announced = prices.find(({ index }) => index >= before);
  const cart = new Set<string>();
  for (const { command, data } of commands) {
    if (command === 'addCartItem') cart.add(`${data.customerId} ${data.productId}`);
    if (command !== 'placeOrder') continue;
    for (const { productId } of data.lineItems) cart.delete(`${data.customerId} ${productId}`);
  }
  return prices.at(-1)?.amount !== announced?.amount || !cart.has(`${customerId} ${subject}`);
}
