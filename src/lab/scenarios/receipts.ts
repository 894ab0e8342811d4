import type { Command } from '../../services/index.ts';
import type { Scenario } from './scenario.ts';

const order = (orderId: string, customerId: string): Command => ({
  service: 'ordering',
  command: 'placeOrder',
  data: {
    orderId,
    customerId,
    lineItems: [{ lineItemId: `${orderId}-1`, productId: 'gloves', quantity: 1 }],
  },
});

const seconds = 1000;
const minutes = 60 * seconds;

export const receipts: Scenario = {
  name: 'receipts',
  title:
    'What providers report behind their yes: a text arrives, a mailbox is gone, and a mail that had arrived comes back.',
  startsAt: '16:00',
  steps: [
    {
      say: 'The providers report what becomes of messages; of a text before they have answered, and twice',
      providers: {
        sms: {
          reports: [
            { to: '+447700900001', status: 'delivered', afterMs: 0 },
            { to: '+447700900001', status: 'delivered', afterMs: 20 * seconds },
            { to: '+12025550102', status: 'failed', code: '30008', afterMs: 3 * seconds },
            { to: '+12025550102', status: 'delivered', afterMs: 40 * seconds },
          ],
        },
        email: {
          reports: [
            { to: 'ada@example.com', status: 'delivered', afterMs: 2 * seconds },
            {
              to: 'ada@example.com',
              status: 'bounced',
              code: '5.7.1',
              detail: '550 5.7.1 message refused by policy',
              afterMs: 4 * minutes,
            },
            {
              to: 'ben@example.com',
              status: 'bounced',
              code: '5.1.1',
              detail: '550 5.1.1 <ben@example.com>: no such user',
              afterMs: 1 * minutes,
            },
          ],
        },
      },
    },
    { say: 'Ada and Ben order', commands: [order('ord-2701', 'ada'), order('ord-2702', 'ben')] },
    { say: 'A few minutes later', waitUntil: '16:10' },
    { say: 'Ben orders again: his mailbox is not written to any more', command: order('ord-2703', 'ben') },
    { say: 'A minute later', waitUntil: '16:11' },
  ],
  expected: [
    'ada order-confirmed email: sent',
    'ada order-confirmed sms: sent',
    'ben order-confirmed email: sent',
    'ben order-confirmed sms: sent',
    'ben order-confirmed email: suppressed',
    'ben order-confirmed sms: sent',
  ],
  expectedReceipts: [
    'ada order-confirmed sms: delivered',
    'ada order-confirmed email: delivered',
    'ada order-confirmed email: bounced',
    'ben order-confirmed email: bounced',
    'ben order-confirmed sms: failed',
    'ben order-confirmed sms: delivered',
    'ben order-confirmed sms: failed',
    'ben order-confirmed sms: delivered',
  ],
};
