import { expect, it } from 'vitest';
import type { FaultyChannel } from '../../src/delivery/index.ts';
import { execute } from '../../src/services/index.ts';
import { type ArchitectureName, architectureNames, type BusName, createWorld } from '../../src/shop/world.ts';
import { pagesOf } from '../notifications/receipt/a-receipt.ts';
import { openingCommands, openingMs } from './stories.ts';

const variants: readonly (readonly [ArchitectureName, BusName])[] = [
  ...architectureNames.map((architecture) => [architecture, 'in-memory'] as const),
  ['event-sourced', 'durable'],
];

/** Kim, who has ordered two bells, pays, while mail goes out or fails; answers with the receipt that she has in the end. */
async function receiptOf([architecture, bus]: (typeof variants)[number], failureRate = 0) {
  const world = createWorld({ startMs: openingMs, architecture, bus });
  const mail = world.providers.get('email') as FaultyChannel;
  await world.architecture.start();
  for (const command of openingCommands) await world.during(execute(world.architecture.services, command));
  await world.finish();
  mail.faults = { failureRate };
  const data = { paymentId: 'pay-1', orderId: 'order-k' };
  await world.during(
    execute(world.architecture.services, { service: 'billing', command: 'receivePayment', data }),
  );
  await world.finish();
  const id = 'payment-received:pay-1:kim';
  const early = world.outboxes.email.find(`${id}:email`);
  mail.faults = {};
  if (failureRate > 0) await world.architecture.redrive({ notificationId: id, channel: 'email' });
  await world.finish();
  const [receipt] = world.outboxes.email.find(`${id}:email`)?.attachments ?? [];
  await world.close();
  return { early, receipt };
}

it.each(variants)('whoever pays has a receipt that says for what: %s on the %s bus', async (...variant) => {
  const { receipt } = await receiptOf(variant);

  if (receipt === undefined) throw new Error('there is none');
  const [page = ''] = await pagesOf(receipt);
  expect(page.replaceAll(/\s+/g, ' ')).toContain('1 Bell');
  expect(page).toContain('pay-1');
});

it('is to the byte the same in every architecture, and after retries and a re-drive', async () => {
  const [first, ...others] = await Promise.all([
    ...variants.map((variant) => receiptOf(variant)),
    ...variants.map((variant) => receiptOf(variant, 1)),
  ]);

  expect(first?.receipt?.content.length).toBeGreaterThan(1000);
  for (const { receipt } of others) expect(receipt).toEqual(first?.receipt);
  expect(others.slice(variants.length - 1).map(({ early }) => early)).toEqual(variants.map(() => undefined));
});
