import type { Scenario } from './scenario.ts';

export const everyChannel: Scenario = {
  name: 'every-channel',
  title:
    'One order, four channels: mail, text, a push to the phone, and a call of the customer’s own server.',
  startsAt: '10:30',
  steps: [
    {
      say: 'Jana’s order ships',
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1009' } },
    },
  ],
  expected: ['email', 'push', 'sms', 'webhook'].map((channel) => `jana order-shipped ${channel}: sent`),
};

export const customerMoves: Scenario = {
  name: 'customer-moves',
  title: 'What waits for the morning goes to the address that the customer has by then.',
  startsAt: '22:30',
  steps: [
    {
      say: 'A payment of Clara’s arrives; in Berlin it is 23:30, and the SMS waits',
      command: {
        service: 'billing',
        command: 'receivePayment',
        data: { paymentId: 'pay-1010-1', orderId: 'ord-1010' },
      },
    },
    {
      say: 'She has a new number, and wants no more mails about payments',
      commands: [
        {
          service: 'accounts',
          command: 'updateContact',
          data: { customerId: 'clara', phone: '+4915550100030' },
        },
        {
          service: 'accounts',
          command: 'unsubscribe',
          data: { customerId: 'clara', category: 'payment_alerts' },
        },
      ],
    },
    { say: 'The next morning', waitUntil: '06:00' },
    {
      say: 'The next payment',
      command: {
        service: 'billing',
        command: 'receivePayment',
        data: { paymentId: 'pay-1010-2', orderId: 'ord-1010' },
      },
    },
  ],
  expected: [
    'clara payment-received email: sent',
    'clara payment-received sms: sent',
    'clara payment-received email: opted_out',
    'clara payment-received sms: sent',
  ],
};

export const customerErased: Scenario = {
  name: 'customer-erased',
  title: 'A customer is erased while an SMS waits: nothing is sent any more, and the ledger still adds up.',
  startsAt: '22:45',
  steps: [
    {
      say: 'Karl’s order ships; the SMS waits for the morning',
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1011' } },
    },
    {
      say: 'He asks to be erased',
      command: { service: 'accounts', command: 'eraseCustomer', data: { customerId: 'karl' } },
    },
    { say: 'The next morning', waitUntil: '06:00' },
    {
      say: 'The order arrives all the same',
      command: { service: 'ordering', command: 'deliverOrder', data: { orderId: 'ord-1011' } },
    },
  ],
  expected: [
    'karl order-shipped email: sent',
    'karl order-shipped sms: erased',
    'karl order-delivered email: erased',
    'karl order-delivered sms: erased',
  ],
};
