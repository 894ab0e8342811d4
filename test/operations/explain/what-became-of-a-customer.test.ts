import { expect, it } from 'vitest';
import { explain } from '../../../src/operations/explain/index.ts';
import { architectureNames, createWorld, stockSampleShop } from '../../../src/shop/index.ts';

it.each(architectureNames)(
  'in %s, asked about a customer it tells what changed, and why nothing came',
  async (architecture) => {
    const world = createWorld({ startMs: Date.parse('2026-03-02T22:00:00Z'), architecture });
    await stockSampleShop(world.datastore);
    await world.architecture.start();
    const { accounts, ordering } = world.architecture.services;
    await ordering.shipOrder({ orderId: 'ord-1011' });
    await world.architecture.settle();
    await accounts.updateContact({ customerId: 'karl', email: 'karl@example.org' });
    await accounts.eraseCustomer({ customerId: 'karl' });
    await world.finish();

    const { kind, causes } = await explain(world.datastore, { id: 'karl' });

    expect(kind).toBe('customer');
    expect(causes.map(({ event, silence }) => [event?.type, event?.change, silence?.words])).toEqual([
      ['OrderStatusChanged', 'ord-1011 placed → shipped', undefined],
      ['ContactChanged', 'karl email', expect.stringContaining('from then on messages go there')],
      ['CustomerErased', 'karl', expect.stringContaining('nothing is sent any more')],
    ]);
    const reasons = causes[0]?.notifications[0]?.deliveries.map(({ verdicts }) => verdicts.at(-1)?.reason);
    expect(reasons).toEqual(['sent', 'erased']);
    await world.close();
  },
);

it('a customer of whom only a change is known is a customer', async () => {
  const world = createWorld({ startMs: 0 });
  await stockSampleShop(world.datastore);
  await world.architecture.services.accounts.updateContact({ customerId: 'ada', phone: null });

  const { kind, causes } = await explain(world.datastore, { id: 'ada' });

  expect(kind).toBe('customer');
  expect(causes.map(({ event }) => event?.change)).toEqual(['ada phone']);
  await world.close();
});
