import { expect, test } from 'vitest';
import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import type { ArchitectureName, BusName } from '../../src/shop/index.ts';
import { noonMs } from '../support/requests.ts';
import { temporaryFile } from '../support/temporary-file.ts';
import { openCollector, orphansIn, wayUp } from './collector.ts';
import { during, failing } from './traced-shop.ts';

type Variant = readonly [architecture: ArchitectureName, bus: BusName];

const variants: readonly Variant[] = [
  ['event-sourced', 'in-memory'],
  ['event-sourced', 'durable'],
  ['api-driven', 'durable'],
  ['pipeline', 'in-memory'],
  ['pipeline', 'durable'],
  ['command-driven', 'in-memory'],
  ['command-driven', 'durable'],
];

test.each(variants)(
  'on %s over the %s bus, one trace leads from a command to the receipt, through a retry and a restart',
  async (architecture, bus) => {
    const collector = await openCollector();
    const clock = new VirtualClock(noonMs);
    const email = failing(captureEmail({ clock }));
    const options = {
      architecture,
      bus,
      clock,
      channels: [email, captureSms()],
      data: temporaryFile('shop.db'),
    };

    await during(options, collector.url, async (shop) => {
      await shop.start();
      await shop.services.ordering.shipOrder({ orderId: 'ord-1001' });
      await shop.settle();
    });
    email.isDown = false;
    await during(options, collector.url, async (shop) => {
      await shop.start();
      await clock.advanceTo(clock.now() + 60_000, () => shop.settle());
      const [delivered] = (await shop.datastore.ledger.find('subject', 'ord-1001')).flatMap(
        ({ deliveries }) => deliveries.filter(({ channel }) => channel === 'email'),
      );
      const providerMessageId = delivered?.receipt ?? '';
      await shop.receipts.take([{ channel: 'email', providerMessageId, status: 'delivered' }]);
    });

    const spans = collector.spans();
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(spans.filter(({ parentSpanId }) => parentSpanId === undefined)).toMatchObject([
      { name: 'ordering.shipOrder', kind: 1, isError: false },
    ]);
    expect(orphansIn(spans)).toEqual([]);
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    expect(spans.filter(({ name }) => name === 'send email')).toMatchObject([
      { kind: 3, isError: true, attributes: { 'shop.result': 'transient' } },
      { kind: 3, isError: false, attributes: { 'shop.result': 'taken' } },
    ]);
    const [receipt] = spans.filter(({ name }) => name === 'receipt email');
    expect(receipt && wayUp(spans, receipt)).toEqual(waysUp[architecture]);
    const [sms] = spans.filter(({ name }) => name === 'send sms');
    expect(sms && wayUp(spans, sms)).toEqual(smsWaysUp[architecture]);
  },
);

const command = 'ordering.shipOrder';
const published = ['publish OrderStatusChanged', command];

/** Tried again in another process, which knows what stands in the ledger and in messages. */
const waysUp: Readonly<Record<ArchitectureName, readonly string[]>> = {
  'event-sourced': ['receipt email', 'send email', ...published],
  'api-driven': ['receipt email', 'send email', 'create OrderStatusChanged', command],
  pipeline: ['receipt email', 'send email', 'process DeliveryRouted', 'publish DeliveryRouted', ...published],
  'command-driven': [
    'receipt email',
    'send email',
    'process SendNotification',
    'publish SendNotification',
    ...published,
  ],
};

const heard = ['process OrderStatusChanged', ...published];

/** Sent at once. */
const smsWaysUp: Readonly<Record<ArchitectureName, readonly string[]>> = {
  'event-sourced': ['send sms', ...heard],
  'api-driven': ['send sms', command],
  pipeline: [
    'send sms',
    'process DeliveryRouted',
    'publish DeliveryRouted',
    'process NotificationValidated',
    'publish NotificationValidated',
    'process NotificationSubmitted',
    'publish NotificationSubmitted',
    ...heard,
  ],
  'command-driven': [
    'send sms',
    'process SendNotification',
    'publish SendNotification',
    'process NotificationRequested',
    'publish NotificationRequested',
    ...heard,
  ],
};
