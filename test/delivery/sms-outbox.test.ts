import { expect, it } from 'vitest';
import { captureSms } from '../../src/delivery/index.ts';
import { sendContext } from '../support/send-context.ts';

async function sms(text: string) {
  const channel = captureSms();
  const message = { to: '+15550100', recipientName: 'Kim', content: { text } };
  await channel.send(message, sendContext('delivery-1'));
  return channel.outbox.find('delivery-1');
}

it.each([
  ['a short text', 'Your order is on its way', { encoding: 'GSM-7', segments: 1, units: 24 }],
  ['a text of 161 letters', 'a'.repeat(161), { encoding: 'GSM-7', segments: 2, units: 161 }],
  ['an emoji', 'On its way 🚲', { encoding: 'UCS-2', segments: 1, units: 13 }],
  ['71 letters of which one is Greek', `${'a'.repeat(70)}ω`, { encoding: 'UCS-2', segments: 2, units: 71 }],
])('%s is kept with what it would have cost', async (_, text, cost) => {
  expect(await sms(text)).toEqual({ deliveryId: 'delivery-1', to: '+15550100', text, ...cost });
});

it('a delivery that was never sent is not found', () => {
  expect(captureSms().outbox.find('delivery-1')).toBeUndefined();
});
