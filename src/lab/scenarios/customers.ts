import type { Scenario } from './scenario.ts';

export const paymentFailed: Scenario = {
  name: 'payment-failed',
  title: 'A payment fails at night: it matters enough to break quiet hours.',
  startsAt: '22:30',
  steps: [
    {
      say: 'Clara’s card is declined; in Berlin it is 23:30',
      command: {
        service: 'billing',
        command: 'failPayment',
        data: { paymentId: 'pay-1003-1', orderId: 'ord-1003', reason: 'card_declined' },
      },
    },
  ],
  expected: ['clara payment-failed email: sent', 'clara payment-failed sms: sent'],
};

export const welcome: Scenario = {
  name: 'welcome',
  title: 'Somebody registers: one mail, and no SMS.',
  startsAt: '11:00',
  steps: [
    {
      say: 'Ivo registers',
      command: {
        service: 'accounts',
        command: 'registerCustomer',
        data: {
          customerId: 'ivo',
          name: 'Ivo Horvat',
          email: 'ivo@example.com',
          phone: '+447700900009',
          segment: 'standard',
          locale: 'en-GB',
          timeZone: 'Europe/London',
        },
      },
    },
  ],
  expected: ['ivo welcome email: sent'],
};

export const quietHours: Scenario = {
  name: 'quiet-hours',
  title: 'An order ships at night: the mail goes at once, the SMS waits for the morning.',
  startsAt: '22:30',
  steps: [
    {
      say: 'Clara’s order ships; in Berlin it is 23:30',
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1008' } },
    },
    { say: 'The next morning; Clara’s quiet hours end at 07:00 in Berlin', waitUntil: '06:00' },
  ],
  expected: ['clara order-shipped email: sent', 'clara order-shipped sms: sent'],
};

export const optedOut: Scenario = {
  name: 'opted-out',
  title: 'A customer who wants to hear of payments only.',
  startsAt: '13:00',
  steps: [
    {
      say: 'Erin’s payment arrives',
      command: {
        service: 'billing',
        command: 'receivePayment',
        data: { paymentId: 'pay-1005-1', orderId: 'ord-1005' },
      },
    },
    {
      say: 'Her order ships',
      command: { service: 'ordering', command: 'shipOrder', data: { orderId: 'ord-1005' } },
    },
  ],
  expected: [
    'erin payment-received email: sent',
    'erin payment-received sms: sent',
    'erin order-shipped email: opted_out',
    'erin order-shipped sms: opted_out',
  ],
};
