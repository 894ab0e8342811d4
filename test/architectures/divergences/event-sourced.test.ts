import { expect, test } from 'vitest';
import { dieAfter, openTwoProcesses, shipOrder, toldBy } from './two-processes.ts';

const architecture = 'event-sourced';

test('lost-with-the-process: on the in-memory bus, an event that was published and not handled tells nobody', async () => {
  const processes = await openTwoProcesses({ architecture, bus: 'in-memory' });

  await dieAfter(shipOrder, processes);

  expect(await toldBy(await processes.startNext())).toEqual({ status: 'shipped', sent: 0 });
});

test('on the durable bus it tells the customer when the next process has started', async () => {
  const processes = await openTwoProcesses({ architecture, bus: 'durable' });

  await dieAfter(shipOrder, processes);

  expect(await toldBy(await processes.startNext())).toEqual({ status: 'shipped', sent: 2 });
});
