import { describe, expect, onTestFinished, test } from 'vitest';
import { type Datastore, openDatastore } from '../../src/datastore/index.ts';
import { explain } from '../../src/operations/explain/index.ts';
import { type Command, execute } from '../../src/services/index.ts';
import { architectureNames, busNames, createWorld } from '../../src/shop/index.ts';
import { disguised } from '../support/events.ts';
import { ledgerLines } from '../support/ledger.ts';
import { openingCommands, openingMs } from './stories.ts';

const shippedBell = {
  id: '019cae00-0000-7000-8000-000000000001',
  type: 'LineItemStatusChanged',
  source: '/services/ordering',
  subject: 'order-k',
  time: '2026-03-02T12:00:00.000Z',
  correlationId: 'x',
  causationId: 'x',
  schemaVersion: 1,
  data: {
    orderId: 'order-k',
    customerId: 'kim',
    lineItemId: 'order-k-1',
    productId: 'bell',
    quantity: 1,
    previousStatus: 'pending',
    status: 'shipped',
  },
};

const unreadable = [
  { what: 'of a newer version', code: 'unknown_schema_version', differs: { schemaVersion: 2 } },
  { what: 'of an unknown type', code: 'unknown_message_type', differs: { type: 'LineItemInspected' } },
  {
    what: 'whose data does not fit',
    code: 'invalid_message',
    differs: { data: { ...shippedBell.data, status: 'lost' } },
  },
  { what: 'without data', code: 'invalid_message', differs: { data: null } },
];

const places = architectureNames
  .filter((architecture) => architecture !== 'api-driven')
  .flatMap((architecture) => busNames.map((bus) => ({ architecture, bus })));

const stories = places.flatMap((place) => unreadable.map((event) => ({ ...place, ...event })));

const shipItem = (item: number): Command => ({
  service: 'ordering',
  command: 'shipLineItem',
  data: { orderId: 'order-k', lineItemId: `order-k-${item}` },
});

async function aShopWithOrders(place: (typeof places)[number], datastore: Datastore) {
  const world = createWorld({ startMs: openingMs, datastore, ...place });
  onTestFinished(() => world.close());
  await world.architecture.start();
  const perform = async (command: Command): Promise<void> => {
    await world.during(execute(world.architecture.services, command));
    await world.finish();
  };
  for (const command of openingCommands) await perform(command);
  return { world, perform };
}

describe.each(stories)(
  'an event $what, in $architecture on the $bus bus',
  ({ architecture, bus, code, differs }) => {
    test('is one dead letter at most, and the other events of its order are handled', async () => {
      const datastore = openDatastore();
      const { world, perform } = await aShopWithOrders({ architecture, bus }, datastore);
      const event = disguised({ ...shippedBell, ...differs });
      await datastore.eventLog.append([event]);

      await perform(shipItem(2));
      expect(await ledgerLines(datastore)).not.toContain('order-complete kim email sent sent');
      await perform(shipItem(1));

      expect(await ledgerLines(datastore)).toContain('order-complete kim email sent sent');
      const letters = (await world.bus.deadLetters()).map(
        ({ messageId, error }) => `${messageId} ${error.code}`,
      );
      // A type that nobody subscribes to is nobody's to handle; and what is only in the log, the in-memory bus never sees.
      const isSeen = bus === 'durable' && code !== 'unknown_message_type';
      expect(letters).toEqual(isSeen ? [`${event.id} ${code}`] : []);
    });
  },
);

test('whoever asks about it is told that it cannot be read', async () => {
  const datastore = openDatastore();
  const { world } = await aShopWithOrders({ architecture: 'event-sourced', bus: 'durable' }, datastore);
  await datastore.eventLog.append([disguised({ ...shippedBell, schemaVersion: 2 })]);
  await world.finish();

  const { causes } = await explain(datastore, { id: shippedBell.id });

  expect(causes).toMatchObject([
    {
      event: { change: 'this program cannot read it (version 2): see the dead letters' },
      silence: { words: 'this program cannot read it (version 2): see the dead letters' },
    },
  ]);
});
