import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineMessage, parseMessage, shopEvents } from '../../src/events/index.ts';
import { eventMaker } from '../support/events.ts';

const cancelled = {
  orderId: 'order-1',
  customerId: 'kim',
  previousStatus: 'placed',
  status: 'cancelled',
};

const orderStatusChanged = (schemaVersion: number, data: object) => ({
  ...eventMaker().orderPlaced('order-1'),
  schemaVersion,
  data,
});

test('OrderStatusChanged of version 1 comes out in version 3, with no reason and no line items known', () => {
  const message = parseMessage(shopEvents, orderStatusChanged(1, cancelled));

  expect(message.schemaVersion).toBe(3);
  expect(message.data).toEqual({ ...cancelled, reason: null, lineItems: null });
});

test('OrderStatusChanged of version 2 keeps its reason', () => {
  const message = parseMessage(shopEvents, orderStatusChanged(2, { ...cancelled, reason: 'too slow' }));

  expect(message.data).toEqual({ ...cancelled, reason: 'too slow', lineItems: null });
});

test('version 2 does not fit without saying whether there is a reason', () => {
  expect(() => parseMessage(shopEvents, orderStatusChanged(2, cancelled))).toThrow('reason: Invalid input');
});

test('what comes later than version 1 is nothing that version 1 can say', () => {
  const message = parseMessage(shopEvents, orderStatusChanged(1, { ...cancelled, reason: 'smuggled' }));

  expect(message.data).toEqual({ ...cancelled, reason: null, lineItems: null });
});

test('the message that was handed in stays as it is', () => {
  const input = orderStatusChanged(1, cancelled);

  parseMessage(shopEvents, input);

  expect(input).toEqual(orderStatusChanged(1, cancelled));
});

const text = z.object({ steps: z.string() });

const thrice = {
  Thrice: defineMessage({
    type: 'Thrice',
    source: '/test',
    subject: () => 'subject',
    versions: [text, text, text],
    upcasters: [
      (older: z.infer<typeof text>) => ({ steps: `${older.steps} → 2` }),
      (older: z.infer<typeof text>) => ({ steps: `${older.steps} → 3` }),
    ],
  }),
};

test.each([
  { version: 1, steps: '1 → 2 → 3' },
  { version: 2, steps: '2 → 3' },
  { version: 3, steps: '3' },
])('version $version of three passes every upcaster behind it, in order', ({ version, steps }) => {
  const input = { ...orderStatusChanged(version, { steps: String(version) }), type: 'Thrice' };

  expect(parseMessage(thrice, input)).toMatchObject({ schemaVersion: 3, data: { steps } });
});

test('a definition without an upcaster from each version to the next is a defect', () => {
  const define = (upcasters: ((older: never) => unknown)[]) => () =>
    defineMessage({ type: 'Twice', source: '/test', subject: () => 's', versions: [text, text], upcasters });

  expect(define([])).toThrow(new TypeError('Twice has 2 versions and 0 upcasters'));
  expect(define([(older) => older, (older) => older])).toThrow(TypeError);
  expect(define([(older) => older])).not.toThrow();
});
