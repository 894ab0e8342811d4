import { describe, expect, onTestFinished, test } from 'vitest';
import { type Datastore, openDatastore } from '../../src/datastore/index.ts';
import { ChannelError } from '../../src/delivery/index.ts';
import { deliveryId } from '../../src/notifications/index.ts';
import { execute } from '../../src/services/index.ts';
import { architectureNames, busNames, createWorld } from '../../src/shop/index.ts';
import { moodyChannel } from '../support/channels.ts';
import { disguised } from '../support/events.ts';
import { noInterceptors } from './divergences/no-interceptors.ts';
import { openTwoProcesses, shipOrder } from './divergences/two-processes.ts';
import { openingCommands, openingMs } from './stories.ts';

const refusal = new ChannelError('permanent', { message: 'no' });

const everywhere = architectureNames.flatMap((architecture) =>
  busNames.map((bus) => ({ architecture, bus })),
);

/** The ids of the deliveries that were given up, their attempts, and what the event log says of each. */
async function alertsOf({ ledger, eventLog }: Datastore) {
  const dead: { readonly id: string; readonly attempts: number }[] = [];
  for await (const page of ledger.pages(1000)) {
    for (const { notification, delivery } of page) {
      const { status, channel, attempts } = delivery;
      if (status === 'dead_lettered') dead.push({ id: deliveryId(notification.id, channel), attempts });
    }
  }
  const alerts = await Promise.all(dead.map(({ id }) => eventLog.about(id)));
  return dead.map(({ id, attempts }, index) => {
    const said = alerts[index]?.filter(({ type }) => type === 'DeadLetterAdded').map(({ data }) => data);
    return { id, attempts, said };
  });
}

describe.each(everywhere)('$architecture on the $bus bus', (place) => {
  test.each([
    { failing: 'a provider refused for good', mood: refusal, reason: 'rejected', attempts: 1 },
    {
      failing: 'a busy provider put off until too late, which is no attempt',
      mood: new ChannelError('transient', { message: 'busy', isThrottled: true }),
      reason: 'attempts_exhausted',
      attempts: 0,
    },
  ])('has on record, once, each delivery that $failing', async ({ mood, reason, attempts }) => {
    const datastore = openDatastore();
    onTestFinished(() => datastore.close());
    const channels = [moodyChannel('sms', mood)];
    const delivery = { maxRetryAfterMs: 1 };
    const world = createWorld({ startMs: openingMs, datastore, channels, delivery, ...place });
    await world.architecture.start();
    for (const command of openingCommands) await world.during(execute(world.architecture.services, command));
    await world.finish();
    await world.close();

    const alerts = await alertsOf(datastore);

    expect(alerts.length).toBeGreaterThan(0);
    for (const { id, said, attempts: counted } of alerts) {
      expect(counted).toBe(attempts);
      const data = { deadLetterId: id, kind: 'delivery', what: 'order-confirmed', where: 'sms' };
      expect(said).toEqual([{ ...data, reason, attempts }]);
    }
  });

  test('has on record, once, each delivery that was on its way when the process died', async () => {
    const delivery = { onUnknownOutcome: 'dead-letter' } as const;
    const processes = await openTwoProcesses({ ...place, delivery }, (crashPoint) => ({
      ...noInterceptors,
      channel: (channel) => {
        if (channel.name !== 'email') return channel;
        const { name, templates } = channel;
        return {
          name,
          templates,
          send() {
            crashPoint.die();
            return new Promise(() => {});
          },
        };
      },
    }));
    void execute(processes.world.architecture.services, shipOrder);
    await processes.crashPoint.died;

    const { datastore } = await processes.startNext();

    const alerts = await alertsOf(datastore);
    expect(alerts.map(({ said }) => said)).toMatchObject([
      [{ where: 'email', reason: 'outcome_unknown' }],
      [{ where: 'sms', reason: 'outcome_unknown' }],
    ]);
  });
});

const withBus = everywhere.filter(({ architecture }) => architecture !== 'api-driven');

test.each(withBus)(
  '$architecture on the $bus bus has on record a message that nobody can be given',
  async (place) => {
    const datastore = openDatastore();
    onTestFinished(() => datastore.close());
    const world = createWorld({ startMs: openingMs, datastore, ...place });
    await world.architecture.start();

    await world.bus.publish([disguised({ id: 'nonsense-1', type: 'Nonsense' })]);
    await world.finish();

    const alerts = await datastore.eventLog.about('message-1');
    expect(alerts).toMatchObject([{ type: 'DeadLetterAdded', data: { kind: 'message', where: 'bus' } }]);
    await world.close();
  },
);
