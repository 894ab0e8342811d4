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

const confirmed = (customerId: string): string[] => [
  `${customerId} order-confirmed email: sent`,
  `${customerId} order-confirmed sms: sent`,
];

const shoppers = ['ada', 'ben', 'clara', 'gina', 'hana'];

export const flakyEmail: Scenario = {
  name: 'flaky-email',
  title:
    'The mail provider refuses three mails of ten for now; every mail arrives, after up to eight attempts.',
  startsAt: '11:00',
  delivery: { retry: { maxAttempts: 8 } },
  steps: [
    { say: 'The mail provider becomes flaky', providers: { email: { failureRate: 0.3 } } },
    {
      say: 'Five customers order',
      commands: shoppers.map((customerId, index) => order(`ord-21${index}`, customerId)),
    },
    { say: 'A quarter of an hour later', waitUntil: '11:15' },
    { say: 'The mail provider is mended', providers: { email: {} } },
  ],
  expected: shoppers.flatMap(confirmed),
};

export const blockedNumber: Scenario = {
  name: 'blocked-number',
  title: 'A phone number is blocked: one dead letter, an alert, and the number is not tried again.',
  startsAt: '12:00',
  steps: [
    {
      say: 'Ivan registers',
      command: {
        service: 'accounts',
        command: 'registerCustomer',
        data: {
          customerId: 'ivan',
          name: 'Ivan Petrov',
          email: 'ivan@example.com',
          phone: '+447700900009',
          segment: 'standard',
          locale: 'en-GB',
          timeZone: 'Europe/London',
          preferences: { order_updates: { email: true, sms: true } },
        },
      },
    },
    {
      say: 'The SMS provider blocks his number',
      providers: { sms: { blockedRecipients: ['+447700900009'] } },
    },
    { say: 'Ivan orders', command: order('ord-2201', 'ivan') },
    { say: 'He orders again', command: order('ord-2202', 'ivan') },
    {
      say: 'Somebody re-drives the dead letter, which goes through every step again',
      redrive: { notificationId: 'order-confirmed:ord-2201:ivan', channel: 'sms' },
    },
  ],
  expected: [
    'ivan welcome email: sent',
    'ivan order-confirmed email: sent',
    'ivan order-confirmed sms: suppressed',
    'ivan order-confirmed email: sent',
    'ivan order-confirmed sms: suppressed',
  ],
};

export const smsOutage: Scenario = {
  name: 'sms-outage',
  title:
    'The SMS provider is down for three minutes: its breaker opens, mail flows, and then all SMS arrive.',
  startsAt: '13:00',
  steps: [
    { say: 'The SMS provider goes down', providers: { sms: { failureRate: 1 } } },
    {
      say: 'Ten orders come in',
      commands: [...shoppers, ...shoppers].map((customerId, index) => order(`ord-23${index}`, customerId)),
    },
    { say: 'Three minutes later it is still down', waitUntil: '13:03' },
    { say: 'The SMS provider is back', providers: { sms: {} } },
    { say: 'A few minutes later', waitUntil: '13:10' },
  ],
  expected: [...shoppers, ...shoppers].flatMap(confirmed),
};

export const deadLetter: Scenario = {
  name: 'dead-letter',
  title:
    'A mail is given up after three attempts; the provider is mended, somebody re-drives it, and it arrives.',
  startsAt: '14:00',
  steps: [
    { say: 'The mail provider goes down', providers: { email: { failureRate: 1 } } },
    { say: 'Hana orders', command: order('ord-2401', 'hana') },
    { say: 'Five minutes later', waitUntil: '14:05' },
    { say: 'The mail provider is mended', providers: { email: {} } },
    {
      say: 'Somebody re-drives the dead letter',
      redrive: { notificationId: 'order-confirmed:ord-2401:hana', channel: 'email' },
    },
  ],
  expected: confirmed('hana'),
};

const nothingBehind = 'a call that fails is its caller’s to mend, and nothing waits behind it';

export const poisonEvent: Scenario = {
  name: 'poison-event',
  title:
    'An event about an order that nobody knows: it ends as a dead letter, and holds up nothing behind it.',
  startsAt: '15:00',
  needsBus: nothingBehind,
  steps: [
    {
      say: 'An event comes for an order that does not exist',
      withoutBus: nothingBehind,
      event: ({ id, nowMs }) => ({
        id,
        type: 'OrderStatusChanged',
        source: '/services/ordering',
        subject: 'ord-9999',
        time: new Date(nowMs).toISOString(),
        correlationId: id,
        causationId: id,
        schemaVersion: 3,
        data: {
          orderId: 'ord-9999',
          customerId: 'gina',
          previousStatus: null,
          status: 'placed',
          reason: null,
          lineItems: null,
        },
      }),
    },
    { say: 'Gina orders', command: order('ord-2501', 'gina') },
    { say: 'A quarter of an hour later', waitUntil: '15:15' },
  ],
  expected: confirmed('gina'),
  expectedDeadMessages: ['OrderStatusChanged: unknown_order'],
};
