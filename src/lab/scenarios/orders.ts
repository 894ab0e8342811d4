import type { Scenario } from './scenario.ts';

export const orderShipped: Scenario = {
  name: 'order-shipped',
  title: 'Orders leave the warehouse; one customer has no phone.',
  startsAt: '10:00',
  steps: [
    {
      say: 'Ada’s order ships',
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1001' } },
    },
    {
      say: 'Dev’s order ships',
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1004' } },
    },
  ],
  expected: [
    'ada order-shipped email: sent',
    'ada order-shipped sms: sent',
    'dev order-shipped email: sent',
    'dev order-shipped sms: no_contact',
  ],
};

export const orderComplete: Scenario = {
  name: 'order-complete',
  title: 'One order in three parcels: its customer hears of it once, when all have shipped.',
  startsAt: '09:30',
  steps: [
    {
      say: 'Clara’s gloves ship',
      command: {
        service: 'ordering',
        command: 'shipLineItem',
        data: { orderId: 'ord-1003', lineItemId: 'ord-1003-3', trackingNumber: 'HV-301' },
      },
    },
    {
      say: 'Her bike ships',
      command: {
        service: 'ordering',
        command: 'shipLineItem',
        data: { orderId: 'ord-1003', lineItemId: 'ord-1003-1', trackingNumber: 'HV-302' },
      },
    },
    {
      say: 'Her helmet ships, the last of the three',
      command: {
        service: 'ordering',
        command: 'shipLineItem',
        data: { orderId: 'ord-1003', lineItemId: 'ord-1003-2', trackingNumber: 'HV-303' },
      },
    },
    {
      say: 'The warehouse reports the helmet a second time',
      withoutBus: 'nothing flows that could come twice, and the command is refused the second time',
      event: ({ id, published }) => {
        const reported = published.findLast(
          ({ type, data }) => type === 'LineItemStatusChanged' && data.productId === 'helmet',
        );
        if (reported === undefined) throw new Error('The helmet has not been reported once.');
        return { ...reported, id };
      },
    },
  ],
  expected: ['clara order-complete email: sent', 'clara order-complete sms: sent'],
};

export const orderConfirmed: Scenario = {
  name: 'order-confirmed',
  title: 'An order is placed, and confirmed with what was bought.',
  startsAt: '12:00',
  steps: [
    {
      say: 'Hana orders a helmet and two pairs of gloves',
      command: {
        service: 'ordering',
        command: 'placeOrder',
        data: {
          orderId: 'ord-2001',
          customerId: 'hana',
          lineItems: [
            { lineItemId: 'ord-2001-1', productId: 'helmet', quantity: 1 },
            { lineItemId: 'ord-2001-2', productId: 'gloves', quantity: 2 },
          ],
        },
      },
    },
  ],
  expected: ['hana order-confirmed email: sent', 'hana order-confirmed sms: sent'],
};

export const orderDelivered: Scenario = {
  name: 'order-delivered',
  title: 'An order ships in the morning and is at the door in the afternoon.',
  startsAt: '08:00',
  steps: [
    {
      say: 'Ada’s order ships',
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1007' } },
    },
    { say: 'Seven hours later', waitUntil: '15:00' },
    {
      say: 'It is delivered',
      command: { service: 'ordering', command: 'deliverOrder', data: { orderId: 'ord-1007' } },
    },
  ],
  expected: [
    'ada order-shipped email: sent',
    'ada order-shipped sms: sent',
    'ada order-delivered email: sent',
    'ada order-delivered sms: sent',
  ],
};

export const orderCancelled: Scenario = {
  name: 'order-cancelled',
  title: 'A customer cancels; his mail bounces, so only the SMS reaches him.',
  startsAt: '14:00',
  steps: [
    {
      say: 'Finn cancels his order',
      command: {
        service: 'ordering',
        command: 'cancelOrder',
        data: { orderId: 'ord-1006', reason: 'customer_request' },
      },
    },
  ],
  expected: ['finn order-cancelled email: suppressed', 'finn order-cancelled sms: sent'],
};
