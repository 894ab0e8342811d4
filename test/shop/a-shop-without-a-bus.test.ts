import { expect, onTestFinished, test } from 'vitest';
import { createMessage, shopEvents } from '../../src/events/index.ts';
import { createWorld } from '../../src/shop/world.ts';

function openShop() {
  const world = createWorld({ startMs: 0, architecture: 'api-driven', bus: 'durable' });
  onTestFinished(() => world.close());
  return world;
}

const points = { name: 'points', handles: '*' as const, handle: async () => {} };

test('whoever subscribes is told at once that nothing would ever come', () => {
  const { bus, hasBus } = openShop();

  expect(hasBus).toBe(false);
  expect(() => bus.subscribe(points)).toThrow(
    'api-driven has no bus: the subscriber "points" would never hear of anything',
  );
});

test('whoever publishes is told that nobody hears of it', async () => {
  const world = openShop();
  const event = createMessage(world, shopEvents.CustomerRegistered, { customerId: 'ada', profile: null });

  await expect(world.bus.publish([event])).rejects.toMatchObject({
    code: 'no_bus',
    message: 'api-driven has no bus: nobody would hear of CustomerRegistered',
  });
});

test('nothing is in hand there, and nothing was given up', async () => {
  const { bus } = openShop();

  await bus.settle();
  expect(await bus.deadLetters()).toEqual([]);
  await expect(bus.redrive('message-1')).rejects.toMatchObject({ code: 'unknown_dead_letter' });
});
