import { expect, test } from 'vitest';
import { intercept } from '../../../src/kernel/index.ts';
import { type Command, execute } from '../../../src/services/index.ts';
import { noInterceptors } from './no-interceptors.ts';
import { openTwoProcesses, toldAfterDeath } from './two-processes.ts';

const architecture = 'command-driven';

const orderId = 'ord-1001';
const partByPart: readonly Command[] = [
  { service: 'ordering', command: 'shipLineItem', data: { orderId, lineItemId: 'ord-1001-1' } },
  { service: 'ordering', command: 'shipLineItem', data: { orderId, lineItemId: 'ord-1001-2' } },
  { service: 'ordering', command: 'deliverOrder', data: { orderId } },
];

test('lost-with-the-process: on the in-memory bus, an event that was not handled tells nobody', async () => {
  expect(await toldAfterDeath({ architecture, bus: 'in-memory' })).toEqual({ status: 'shipped', sent: 0 });
});

test('on the durable bus it tells the customer when the next process has started', async () => {
  expect(await toldAfterDeath({ architecture, bus: 'durable' })).toEqual({ status: 'shipped', sent: 2 });
});

/** Two parts of an order ship and it is delivered; the second part is heard of last. */
async function tellOfDeliveryFirst(architecture: 'command-driven' | 'event-sourced') {
  const held: unknown[] = [];
  const { world } = await openTwoProcesses({ architecture, bus: 'in-memory' }, () => ({
    ...noInterceptors,
    bus: (bus) => intercept(bus, { instead: { publish: async (messages) => void held.push(...messages) } }),
  }));
  for (const command of partByPart) await execute(world.architecture.services, command);
  const [first, second, delivered] = held;
  await world.bus.publish([first, delivered, second] as never);
  await world.architecture.settle();
  const entries = await world.datastore.ledger.find('subject', 'ord-1001');
  await world.close();
  return entries.map(({ notification }) => notification.type).sort();
}

test.each(['command-driven', 'event-sourced'] as const)(
  '%s: a part that is heard of after the delivery completes the order',
  async (name) => {
    expect(await tellOfDeliveryFirst(name)).toEqual(['order-complete', 'order-delivered']);
  },
);
