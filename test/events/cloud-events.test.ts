import { expect, test } from 'vitest';
import {
  createMessage,
  fromCloudEvent,
  type ShopEventType,
  shopEvents,
  toCloudEvent,
} from '../../src/events/index.ts';
import { traceparentOf } from '../../src/events/trace-context.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { eventMaker, fittingData } from '../support/events.ts';

/** As another program would write it: no attribute that only we know. */
const foreign = {
  specversion: '1.0',
  id: 'abc',
  type: 'CustomerRegistered',
  source: 'https://crm.example.com',
  subject: 'kim',
  time: '2026-03-02T10:00:00Z',
  data: { customerId: 'kim' },
};

test('a message goes out with the attribute names of CloudEvents', () => {
  const cause = { id: 'cause-1', correlationId: 'story-1' };
  const clock = new VirtualClock(Date.parse('2026-03-02T10:00:00Z'));
  const ports = { clock, ids: { next: () => 'm-1' } };

  const event = toCloudEvent(
    createMessage(ports, shopEvents.CustomerRegistered, fittingData.CustomerRegistered, cause),
  );

  expect(event).toEqual({
    specversion: '1.0',
    id: 'm-1',
    type: 'CustomerRegistered',
    source: '/services/accounts',
    subject: 'kim',
    time: '2026-03-02T10:00:00.000Z',
    datacontenttype: 'application/json',
    correlationid: 'story-1',
    causationid: 'cause-1',
    schemaversion: 2,
    traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    data: { customerId: 'kim', profile: null },
  });
});

test('the trace of a message is its correlation id, and its span the random end of its own', () => {
  const ids = {
    id: '019cadf2-2a00-7000-8004-aabbccddeeff',
    correlationId: '019cadf2-2a00-7000-8001-112233445566',
  };

  expect(traceparentOf(ids)).toBe('00-019cadf22a0070008001112233445566-8004aabbccddeeff-01');
});

test('what has ids of another form is in a trace too, the same each time', () => {
  const [story, other] = [
    { id: 'abc', correlationId: 'story-1' },
    { id: 'abc', correlationId: 'story-2' },
  ];

  expect(traceparentOf(story)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(traceparentOf(story)).toBe(traceparentOf({ ...story }));
  expect(traceparentOf(other)).not.toBe(traceparentOf(story));
});

test('a traceparent that comes in is not believed: what goes out again follows from the ids', () => {
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

  const message = fromCloudEvent(shopEvents, { ...foreign, traceparent });

  expect(message).toEqual(fromCloudEvent(shopEvents, foreign));
  expect(toCloudEvent(message).traceparent).toBe(traceparentOf({ id: 'abc', correlationId: 'abc' }));
});

test.each(Object.keys(fittingData) as ShopEventType[])(
  '%s comes back in as it went out, by way of JSON',
  (type) => {
    const clock = new VirtualClock(0);
    const ports = { clock, ids: createIds(clock, seededRandom(1)) };
    const cause = { id: 'cause-1', correlationId: 'story-1' };
    const message = createMessage<string, never>(ports, shopEvents[type], fittingData[type] as never, cause);

    const received = fromCloudEvent(shopEvents, JSON.parse(JSON.stringify(toCloudEvent(message))));

    expect(received).toEqual(message);
  },
);

test('attribute names are lower case letters and digits, as their naming rules ask', () => {
  for (const name of Object.keys(toCloudEvent(eventMaker().registered('kim')))) {
    expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  }
});

test('an event of another program begins a story of its own, and is taken for version 1', () => {
  expect(fromCloudEvent(shopEvents, foreign)).toEqual({
    id: 'abc',
    type: 'CustomerRegistered',
    source: 'https://crm.example.com',
    subject: 'kim',
    time: '2026-03-02T10:00:00Z',
    correlationId: 'abc',
    causationId: 'abc',
    schemaVersion: 2,
    data: { customerId: 'kim', profile: null },
  });
});

test('an event of version 1 from another program is brought to the newest version', () => {
  const { reason, lineItems, ...data } = fittingData.OrderStatusChanged;

  const message = fromCloudEvent(shopEvents, { ...foreign, type: 'OrderStatusChanged', data });

  expect(message).toMatchObject({ schemaVersion: 3, data: { ...data, reason: null, lineItems: null } });
});

test('extension attributes that we do not know are left behind', () => {
  const message = fromCloudEvent(shopEvents, { ...foreign, traceparent: '00-1', dataschema: 'urn:x' });

  expect(message).toEqual(fromCloudEvent(shopEvents, foreign));
});

test('a time with an offset comes in as the same moment in UTC', () => {
  const message = fromCloudEvent(shopEvents, { ...foreign, time: '2026-03-02T12:00:00.5+02:00' });

  expect(message.time).toBe('2026-03-02T10:00:00.500Z');
});

test.each([
  {
    what: 'another version of the standard',
    event: { ...foreign, specversion: '0.3' },
    about: 'specversion',
  },
  { what: 'no version of the standard', event: { ...foreign, specversion: undefined }, about: 'specversion' },
  { what: 'no id', event: { ...foreign, id: '' }, about: 'id' },
  { what: 'no subject', event: { ...foreign, subject: undefined }, about: 'subject' },
  {
    what: 'data that is not JSON',
    event: { ...foreign, datacontenttype: 'text/xml' },
    about: 'datacontenttype',
  },
  { what: 'a version that is no number', event: { ...foreign, schemaversion: '1' }, about: 'schemaversion' },
  { what: 'nothing at all', event: null, about: 'Invalid input' },
])('an event with $what is refused as no CloudEvent', ({ event, about }) => {
  expect(() => fromCloudEvent(shopEvents, event)).toThrow(
    expect.objectContaining({
      name: 'InvalidMessageError',
      code: 'invalid_message',
      message: expect.stringMatching(new RegExp(`^not a CloudEvent 1\\.0: ${about}`)),
    }),
  );
});

test.each([
  { what: 'type', event: { ...foreign, type: '__proto__' }, code: 'unknown_message_type' },
  { what: 'schema version', event: { ...foreign, schemaversion: 7 }, code: 'unknown_schema_version' },
  { what: 'data', event: { ...foreign, data: {} }, code: 'invalid_message' },
  { what: 'time', event: { ...foreign, time: 'yesterday' }, code: 'invalid_message' },
])('a CloudEvent whose $what the catalogue does not know is refused', ({ event, code }) => {
  expect(() => fromCloudEvent(shopEvents, event)).toThrow(
    expect.objectContaining({ name: 'InvalidMessageError', code }),
  );
});
