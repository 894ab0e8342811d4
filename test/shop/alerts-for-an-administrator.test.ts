import { describe, expect, it } from 'vitest';
import { type Channel, ChannelError, type OutgoingMessage } from '../../src/delivery/index.ts';
import type { VirtualClock } from '../../src/kernel/index.ts';
import { architectureNames, createWorld, stockSampleShop, type WorldOptions } from '../../src/shop/index.ts';

const minutes = 60_000;

/** A world in which every text is refused, and an administrator whose mail is kept. */
async function brokenShop(options: Partial<WorldOptions> = {}, failures = 0) {
  const alerts: OutgoingMessage[] = [];
  let left = failures;
  const channel: Channel = {
    name: 'email',
    templates: 'email',
    async send(message) {
      if (left-- > 0) throw new ChannelError('transient', { message: 'no time' });
      alerts.push(message);
      return { id: `alert-${alerts.length}` };
    },
  };
  const world = createWorld({
    startMs: Date.parse('2026-03-02T10:00:00Z'),
    faults: { sms: { blockedRecipients: 'everybody' } },
    admin: { to: 'ops@example.com', channel },
    ...options,
  });
  await stockSampleShop(world.datastore);
  await world.architecture.start();
  const { ordering } = world.architecture.services;
  /** One text that dies. */
  const ship = async (orderId: string) => {
    await world.during(ordering.shipOrder({ orderId }));
    await world.architecture.settle();
  };
  return { world, alerts, ship };
}

describe('an administrator', () => {
  it.each(architectureNames)('is told of a dead letter at once on %s', async (architecture) => {
    const { world, alerts, ship } = await brokenShop({ architecture });

    await ship('ord-1001');

    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ to: 'ops@example.com' });
    expect(alerts[0]?.content.subject).toBe('A dead letter: order-shipped by sms, rejected');
    expect(alerts[0]?.content.text).toMatch(/sms +order-shipped by sms: rejected\n/);
    await world.close();
  });

  it('hears of what follows within a quarter of an hour in one mail', async () => {
    const { world, alerts, ship } = await brokenShop();
    await ship('ord-1001');
    await ship('ord-1006');
    await ship('ord-1003');
    expect(alerts).toHaveLength(1);

    await world.advanceTo(world.clock.now() + 15 * minutes);

    expect(alerts).toHaveLength(2);
    expect(alerts[1]?.content.subject).toMatch(/^2 dead letters: order-shipped by sms, rejected$/);
    await world.close();
  });

  it('hears when the shop closes of what still waits', async () => {
    const { world, alerts, ship } = await brokenShop();
    await ship('ord-1001');
    await ship('ord-1006');

    await world.close();

    expect(alerts).toHaveLength(2);
  });

  it('is told again of what did not reach them', async () => {
    const { world, alerts, ship } = await brokenShop({}, 1);
    await ship('ord-1001');
    await world.advanceTo(world.clock.now() + 15 * minutes);

    expect(alerts.map(({ content }) => content.subject)).toEqual([
      'A dead letter: order-shipped by sms, rejected',
    ]);
    await world.close();
  });

  it('is told of nothing while nothing dies', async () => {
    const { world, alerts, ship } = await brokenShop({ faults: {} });
    await ship('ord-1001');
    await world.close();

    expect(alerts).toEqual([]);
  });
});

describe('the time between alerts', () => {
  it('is no matter of what the clock on the wall is set to', async () => {
    const { world, alerts, ship } = await brokenShop();
    await ship('ord-1001');
    (world.clock satisfies VirtualClock).set(world.clock.now() + 60 * minutes);

    await ship('ord-1006');

    expect(alerts).toHaveLength(1);
    await world.close();
  });
});
