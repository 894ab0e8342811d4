import { describe, expect, it } from 'vitest';
import { architectureNames, createWorld, stockSampleShop } from '../../../src/shop/index.ts';

describe.each(architectureNames)('%s', (architecture) => {
  it('a text that waits goes to the number that the customer has when it leaves', async () => {
    const { world, accounts, ordering } = await open(architecture, '2026-03-02T22:30:00Z');
    await ordering.shipOrder({ orderId: 'ord-1008' });
    await world.architecture.settle();

    await accounts.updateContact({ customerId: 'clara', phone: '+4915550109999', name: 'Clara Berg' });
    await world.finish();

    expect(world.outboxes.sms.all().map(({ to }) => to)).toEqual(['+4915550109999']);
    await world.close();
  });

  it('so does a mail that is tried again', async () => {
    const { world, accounts, ordering } = await open(architecture, '2026-03-02T10:00:00Z');
    const email = world.providers.get('email');
    if (email !== undefined) email.faults = { failureRate: 1 };
    await world.during(ordering.shipOrder({ orderId: 'ord-1001' }));
    await world.architecture.settle();
    expect(world.outboxes.email.count).toBe(0);

    await accounts.updateContact({ customerId: 'ada', email: 'ada@elsewhere.example' });
    if (email !== undefined) email.faults = {};
    await world.finish();

    const mails = await Promise.all(world.outboxes.email.all().map((mail) => mail.mime()));
    expect(mails).toEqual([expect.stringMatching(/^To: .*<ada@elsewhere\.example>/m)]);
    await world.close();
  });
});

async function open(architecture: (typeof architectureNames)[number], at: string) {
  const world = createWorld({ startMs: Date.parse(at), architecture });
  await stockSampleShop(world.datastore);
  await world.architecture.start();
  return { world, ...world.architecture.services };
}
