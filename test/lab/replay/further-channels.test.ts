import { expect, test } from 'vitest';
import { replay } from '../../../src/lab/replay/replay.ts';
import { addHelmet, at, inShort, order, readReport, register, writeHistory } from './history.ts';

test('push and webhook have lines only for customers who have such an address', async () => {
  const addresses = { push: 'device-of-lee', webhook: 'https://lee.example/hook' };
  const wishes = { order_updates: { sms: true, push: true, webhook: false } };
  const { file, report } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at('2026-03-02T10:01:00Z', register()),
    at('2026-03-02T10:01:00Z', register({ customerId: 'lee', addresses, preferences: wishes })),
    at('2026-03-02T10:02:00Z', order('order-1')),
    at('2026-03-02T10:03:00Z', order('order-2', 'lee')),
  );

  await replay({ file, report });

  expect(readReport(report).map(inShort).sort()).toEqual([
    'order-confirmed kim email sent',
    'order-confirmed kim sms sent',
    'order-confirmed lee email sent',
    'order-confirmed lee push sent',
    'order-confirmed lee sms sent',
    'order-confirmed lee webhook opted_out',
    'welcome kim email sent',
    'welcome lee email sent',
  ]);
});

test('a push waits for the end of quiet hours, and a webhook does not', async () => {
  const { file, report } = writeHistory(
    at('2026-03-02T10:00:00Z', addHelmet),
    at(
      '2026-03-02T10:01:00Z',
      register({
        addresses: { push: 'device-of-kim', webhook: 'https://kim.example/hook' },
        preferences: { order_updates: { push: true, webhook: true } },
        quietHours: { start: '22:00', end: '07:00' },
      }),
    ),
    at('2026-03-02T23:00:00Z', order('order-1')),
  );

  await replay({ file, report });

  const settledAt = Object.fromEntries(
    readReport(report)
      .filter(({ notification }) => notification === 'order-confirmed')
      .map((line) => [line.channel, line.settledAt]),
  );
  expect(settledAt).toMatchObject({
    push: '2026-03-03T07:00:00.000Z',
    webhook: '2026-03-02T23:00:00.000Z',
  });
});
