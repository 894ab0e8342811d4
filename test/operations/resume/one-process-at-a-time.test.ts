import { expect, test } from 'vitest';
import { AlreadyConsumedError, openDatastore } from '../../../src/datastore/index.ts';
import { demoCommand } from '../../../src/demo/commands/demo.ts';
import { resume } from '../../../src/operations/resume/resume.ts';
import { architectureNames, busNames } from '../../../src/shop/world.ts';
import { runHere } from '../../support/command-line.ts';
import { anEntry } from '../../support/records.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const everything = architectureNames.flatMap((architecture) =>
  busNames.map((bus) => ({ architecture, bus })),
);

test.each(everything)(
  'what a running process has in hand is not touched by another on $architecture and the $bus bus',
  async ({ architecture, bus }) => {
    const file = temporaryFile('shop.db');
    const running = openDatastore({ file });
    await running.claimConsumption();
    await running.ledger.open([anEntry('n-1', ['email'])]);
    const inHand = await running.ledger.orphaned(10);
    const datastore = openDatastore({ file });

    expect(await rejectionOf(() => resume({ datastore, architecture, bus }))).toBeInstanceOf(
      AlreadyConsumedError,
    );

    expect(await running.ledger.orphaned(10)).toEqual(inHand);
    expect(await running.ledger.verdicts(['n-1'])).toEqual([]);
    await datastore.close();
    await running.close();
  },
);

test('a process that has ended, in whatever way, leaves the shop to the next', async () => {
  const file = temporaryFile('shop.db');
  const running = openDatastore({ file });
  await running.claimConsumption();
  await running.close();
  const datastore = openDatastore({ file });

  await expect(resume({ datastore, bus: 'durable' })).resolves.toBeDefined();

  await datastore.close();
});

test('a demo does not play into a file that another process is about to fill', async () => {
  const file = temporaryFile('shop.db');
  const other = openDatastore({ file });
  await other.claimConsumption();

  expect(await rejectionOf(() => runHere(demoCommand, 'welcome', '--data', file))).toBeInstanceOf(
    AlreadyConsumedError,
  );
  expect(await other.isEmpty()).toBe(true);
  await other.close();
});
