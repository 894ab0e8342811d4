import { describe, expect, test } from 'vitest';
import {
  type InvalidMessageError,
  parseMessage,
  type ShopEventType,
  shopEvents,
} from '../../src/events/index.ts';
import { fittingData, usd } from '../support/events.ts';

/** A message around the data, in the newest version of its type. */
const around = (type: ShopEventType, data: unknown) => ({
  id: 'm-1',
  type,
  source: '/services/test',
  subject: 'subject-1',
  time: '2026-03-02T10:00:00Z',
  correlationId: 'm-1',
  causationId: 'm-1',
  schemaVersion: shopEvents[type].schemaVersion,
  data,
});

const complaintAbout = (type: ShopEventType, differences: object): string => {
  try {
    parseMessage(shopEvents, around(type, { ...fittingData[type], ...differences }));
  } catch (thrown) {
    expect(thrown).toMatchObject({ name: 'InvalidMessageError', code: 'invalid_message' });
    return (thrown as InvalidMessageError).message;
  }
  return 'no complaint';
};

describe.each(Object.keys(fittingData) as ShopEventType[])('%s', (type) => {
  test('fits with all of its fields', () => {
    expect(parseMessage(shopEvents, around(type, fittingData[type])).data).toEqual(fittingData[type]);
  });

  test.each(Object.keys(fittingData[type]))('does not fit without its %s, and says so', (field) => {
    expect(complaintAbout(type, { [field]: undefined })).toContain(`${field}: Invalid`);
  });

  test('loses fields that it does not know', () => {
    const message = parseMessage(shopEvents, around(type, { ...fittingData[type], surplus: 1 }));

    expect(message.data).toEqual(fittingData[type]);
  });
});

test.each([
  { id: '', complaint: 'customerId: Too small' },
  { id: 'x'.repeat(201), complaint: 'customerId: Too big' },
  { id: 17, complaint: 'customerId: Invalid input: expected string' },
])('$id is no id', ({ id, complaint }) => {
  expect(complaintAbout('CustomerRegistered', { customerId: id })).toContain(complaint);
});

test('an id may be of any script, and 200 characters long', () => {
  expect(complaintAbout('CustomerRegistered', { customerId: 'Größe-客户-🚲' })).toBe('no complaint');
  expect(complaintAbout('CustomerRegistered', { customerId: 'x'.repeat(200) })).toBe('no complaint');
});

test.each([
  { price: usd(-1), complaint: 'price.amount: Too small' },
  { price: usd(-0), complaint: 'price.amount: must not be negative' },
  { price: usd(1.5), complaint: 'price.amount: Invalid input: expected int' },
  { price: usd(2 ** 60), complaint: 'price.amount: Too big' },
  { price: { amount: 1, currency: 'usd' }, complaint: 'price.currency: must be an ISO 4217 code' },
  { price: '$1', complaint: 'price: Invalid input' },
])('$price is no money', ({ price, complaint }) => {
  expect(complaintAbout('PriceChanged', { price })).toContain(complaint);
});

test('a price may be nothing', () => {
  expect(complaintAbout('PriceChanged', { price: usd(0) })).toBe('no complaint');
});

test.each([0, -0, -1, 1.5])('%d is no quantity', (quantity) => {
  expect(complaintAbout('LineItemStatusChanged', { quantity })).toContain('quantity: ');
});

test('a status that is not known does not fit, and the known ones are named', () => {
  expect(complaintAbout('OrderStatusChanged', { status: 'lost' })).toContain(
    'status: Invalid option: expected one of "placed"|"shipped"|"delivered"|"cancelled"',
  );
});

test('a line item may have a tracking number, which is never empty', () => {
  expect(complaintAbout('LineItemStatusChanged', { trackingNumber: 'T-1' })).toBe('no complaint');
  expect(complaintAbout('LineItemStatusChanged', { trackingNumber: '' })).toContain('trackingNumber: ');
});

test('a failed payment says why', () => {
  expect(complaintAbout('PaymentFailed', { reason: '' })).toContain('reason: ');
});

test('all complaints come in one line', () => {
  const complaint = complaintAbout('PriceChanged', { productId: '', price: usd(-1) });

  expect(complaint).toMatch(
    /^PriceChanged version 1 does not fit its schema: productId: .*; price\.amount: .*$/,
  );
});
