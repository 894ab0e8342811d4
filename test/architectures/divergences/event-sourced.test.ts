import { expect, test } from 'vitest';
import { toldAfterDeath } from './two-processes.ts';

const architecture = 'event-sourced';

test('lost-with-the-process: on the in-memory bus, an event that was published and not handled tells nobody', async () => {
  expect(await toldAfterDeath({ architecture, bus: 'in-memory' })).toEqual({ status: 'shipped', sent: 0 });
});

test('on the durable bus it tells the customer when the next process has started', async () => {
  expect(await toldAfterDeath({ architecture, bus: 'durable' })).toEqual({ status: 'shipped', sent: 2 });
});
