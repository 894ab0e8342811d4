import { expect, test } from 'vitest';
import { playOrders, sampleRows } from './a-shop.ts';

test.each(['in-memory', 'durable'] as const)('six orders come to the ends of the sheet (%s)', async (bus) => {
  const { report, events } = await playOrders(bus, await sampleRows());

  expect(report.data).toEqual({
    orders: [
      { orderId: 'o1', end: 'confirmed', followedUpAt: '2026-03-09T10:00' },
      { orderId: 'o2', end: 'inventory_short', followedUpAt: null },
      { orderId: 'o3', end: 'card_declined', followedUpAt: null },
      { orderId: 'o4', end: 'payment_unknown', followedUpAt: null },
      { orderId: 'o5', end: 'shipment_failed', followedUpAt: null },
      { orderId: 'o6', end: 'reservation_expired', followedUpAt: null },
    ],
    tally: {
      confirmed: 1,
      inventory_short: 1,
      card_declined: 1,
      payment_unknown: 1,
      shipment_failed: 1,
      reservation_expired: 1,
    },
    money: {
      captured: 165_700,
      refunded: 15_800,
      voided: 7900,
      voids: 1,
      stillHeld: 0,
      kept: 149_900,
      confirmed: 149_900,
    },
    stock: { bike: { onHand: 0, reserved: 0, sold: 1 }, helmet: { onHand: 5, reserved: 0, sold: 0 } },
    notEnded: [],
  });
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  const types = new Set(events.map(({ type }) => type));
  for (const type of ['SalesRecorded', 'PaymentFound', 'InventoryReleased', 'ShipmentFailed'])
    expect(types).toContain(type);
  expect(report.statistics.deadLetters).toBe(0);
});
