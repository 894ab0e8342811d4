import { expect, test } from 'vitest';
import { createMessage, parseMessage, shopEvents } from '../../src/events/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { fittingData } from '../support/events.ts';

const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
const openPorts = () => ({ clock, ids: createIds(clock, seededRandom(1)) });

test('a message says who says it, about whom, when, and in which version', () => {
  const ports = openPorts();

  const message = createMessage(ports, shopEvents.OrderStatusChanged, fittingData.OrderStatusChanged);

  expect(message).toEqual({
    id: openPorts().ids.next(),
    type: 'OrderStatusChanged',
    source: '/services/ordering',
    subject: 'order-1',
    time: '2026-03-02T10:00:00.000Z',
    correlationId: message.id,
    causationId: message.id,
    schemaVersion: 3,
    data: fittingData.OrderStatusChanged,
  });
});

test('a message that another led to belongs to the story of that one', () => {
  const ports = openPorts();
  const first = createMessage(ports, shopEvents.CustomerRegistered, { customerId: 'kim', profile: null });
  const second = createMessage(
    ports,
    shopEvents.CustomerRegistered,
    { customerId: 'lee', profile: null },
    first,
  );

  const third = createMessage(
    ports,
    shopEvents.CustomerRegistered,
    { customerId: 'mia', profile: null },
    second,
  );

  expect(third).toMatchObject({ correlationId: first.id, causationId: second.id });
  expect(new Set([first.id, second.id, third.id]).size).toBe(3);
});

test.each([
  { type: 'CustomerRegistered', source: '/services/accounts', subject: 'kim' },
  { type: 'OrderStatusChanged', source: '/services/ordering', subject: 'order-1' },
  { type: 'LineItemStatusChanged', source: '/services/ordering', subject: 'order-1' },
  { type: 'PriceChanged', source: '/services/pricing', subject: 'helmet' },
  { type: 'PaymentFailed', source: '/services/billing', subject: 'order-1' },
  { type: 'PaymentReceived', source: '/services/billing', subject: 'order-1' },
] as const)('$type comes from $source and is about $subject', ({ type, source, subject }) => {
  const message = createMessage<string, never>(openPorts(), shopEvents[type], fittingData[type] as never);

  expect(message).toMatchObject({ type, source, subject });
  expect(parseMessage(shopEvents, message)).toEqual(message);
});

test('the catalogue holds every event of the shop under its own type', () => {
  const types = Object.entries(shopEvents).map(([key, { type }]) => [key, type]);

  expect(types).toEqual(Object.keys(fittingData).map((type) => [type, type]));
});
