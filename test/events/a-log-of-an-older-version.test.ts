import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromCloudEvent, shopEvents } from '../../src/events/index.ts';

/**
 * The log of all the demo's scenarios, as the version before events carried profiles and line items has written it.
 * It is never made anew.
 */
const kept = readFileSync(new URL('log-of-an-older-version.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

test('every event of an older log is read, in its newest version, and says what it said', () => {
  expect(new Set(kept.map(({ type, schemaversion }) => `${type} ${schemaversion}`))).toEqual(
    new Set([
      'CustomerRegistered 1',
      'DeadLetterAdded 1',
      'LineItemStatusChanged 1',
      'OrderStatusChanged 2',
      'PaymentFailed 1',
      'PaymentReceived 1',
      'PriceChanged 1',
    ]),
  );
  for (const event of kept) {
    const message = fromCloudEvent(shopEvents, event);

    expect(message).toMatchObject({ id: event.id, time: event.time, data: event.data });
    expect(message.schemaVersion).toBe(shopEvents[message.type].schemaVersion);
  }
});

test('what an older log does not say is not known, rather than empty', () => {
  const newest = kept.map((event) => fromCloudEvent(shopEvents, event));

  const registered = newest.filter(({ type }) => type === 'CustomerRegistered');
  const changed = newest.filter(({ type }) => type === 'OrderStatusChanged');
  expect(registered.map(({ data }) => data)).toEqual(
    registered.map(({ subject }) => ({ customerId: subject, profile: null })),
  );
  expect(changed.length).toBeGreaterThan(0);
  for (const { data } of changed) expect(data).toMatchObject({ lineItems: null });
});
