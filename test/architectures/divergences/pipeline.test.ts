import { expect, onTestFinished, test } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { createMessage, shopEvents } from '../../../src/events/index.ts';
import { type ArchitectureName, createWorld } from '../../../src/shop/world.ts';
import { toldAfterDeath } from './two-processes.ts';

const architecture = 'pipeline';

test('lost-with-the-process: on the in-memory bus, a message between two stages is gone, and its request with it', async () => {
  expect(await toldAfterDeath({ architecture, bus: 'in-memory' })).toEqual({ status: 'shipped', sent: 0 });
});

test('on the durable bus it tells the customer when the next process has started', async () => {
  expect(await toldAfterDeath({ architecture, bus: 'durable' })).toEqual({ status: 'shipped', sent: 2 });
});

async function hearOfNobody(name: ArchitectureName) {
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  const world = createWorld({ architecture: name, datastore, startMs: Date.parse('2026-03-02T12:00:00Z') });
  onTestFinished(() => world.close());
  const heard: string[] = [];
  world.bus.subscribe({ name: 'listener', handles: '*', handle: async ({ type }) => void heard.push(type) });
  await world.architecture.start();
  await world.bus.publish([
    createMessage(world, shopEvents.CustomerRegistered, { customerId: 'nobody', profile: null }),
  ]);
  await world.finish();
  const dead = await world.bus.deadLetters();
  return { heard, dead: dead.map(({ messageType }) => messageType) };
}

test('unknown-customer-is-refused: the request ends as NotificationFailed, and elsewhere the event as a dead letter', async () => {
  const refused = await hearOfNobody(architecture);
  expect(refused.heard).toContain('NotificationFailed');
  expect(refused.dead).toEqual([]);

  for (const other of ['event-sourced', 'command-driven'] as const) {
    const { heard, dead } = await hearOfNobody(other);
    expect(heard).not.toContain('NotificationFailed');
    expect(dead).toHaveLength(1);
  }
});
