import Database from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DatastoreUnavailableError, openDatastore } from '../../../src/datastore/index.ts';
import { deadLetterStore } from '../../../src/operations/dead-letters/dead-letter-store.ts';
import { choose, redriveLetters } from '../../../src/operations/dead-letters/redrive.ts';
import { resume } from '../../../src/operations/resume/resume.ts';
import { stockSampleShop } from '../../../src/shop/index.ts';
import { type ArchitectureName, type BusName, createWorld } from '../../../src/shop/world.ts';
import {
  idsIn,
  keepShop,
  openedAtMs,
  ship,
  shopWithDeadLetters,
} from '../../operations/dead-letters/a-kept-shop.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

/** Another program that can keep everybody else from writing to the file. */
function anotherProgramOn(file: string) {
  const connection = new Database(file);
  onTestFinished(() => void connection.close());
  return {
    lock: () => void connection.exec('begin exclusive'),
    unlock: () => void connection.exec('rollback'),
  };
}

const openImpatiently = (file: string) => openDatastore({ file, busyTimeoutMs: 1 });

const onFile: readonly [ArchitectureName, BusName][] = [
  ['event-sourced', 'in-memory'],
  ['event-sourced', 'durable'],
  ['command-driven', 'durable'],
  ['api-driven', 'in-memory'],
];

describe.each(onFile)('on %s and the %s bus', (architecture, bus) => {
  test('what was sent and could not be recorded is no success, and is taken up again', async () => {
    const file = temporaryFile('shop.db');
    const datastore = openImpatiently(file);
    await stockSampleShop(datastore);
    const other = anotherProgramOn(file);
    const keys: string[] = [];
    const email = {
      name: 'email',
      templates: 'email',
      async send(_: unknown, { idempotencyKey }: { idempotencyKey: string }) {
        keys.push(idempotencyKey);
        // Between the provider's yes and our record.
        if (keys.length === 1) other.lock();
        return { id: 'receipt-1' };
      },
    };
    const world = createWorld({ datastore, architecture, bus, channels: [email], startMs: openedAtMs });
    await world.architecture.start();

    const shipAndFinish = async (): Promise<void> => {
      await world.during(ship('ord-1004')(world));
      await world.finish();
    };
    expect(await rejectionOf(shipAndFinish)).toBeInstanceOf(DatastoreUnavailableError);
    expect(await rejectionOf(() => world.close())).toBeInstanceOf(DatastoreUnavailableError);
    await datastore.close();

    other.unlock();
    const again = openDatastore({ file });
    const { counts } = await resume({ datastore: again, architecture, bus, channels: [email] });
    expect(counts).toEqual({ requested: 2, sent: 1, skipped: 1, deadLettered: 0, pending: 0 });
    expect(keys).toEqual(['order-shipped:ord-1004:dev:email', 'order-shipped:ord-1004:dev:email']);
    await again.close();
  });
});

test('a shop that cannot be written is not resumed, and not harmed', async () => {
  const file = await keepShop(ship('ord-1001'), {
    faults: { email: { failureRate: 1 } },
    untilDone: false,
  });
  const other = anotherProgramOn(file);
  const datastore = openImpatiently(file);
  other.lock();

  expect(await rejectionOf(() => resume({ datastore, bus: 'durable' }))).toMatchObject({
    code: 'datastore_unavailable',
    message: 'the datastore is unavailable: database is locked',
    help: 'Another program is writing to it; try again when that has finished.',
  });
  await datastore.close();

  other.unlock();
  const again = openDatastore({ file });
  expect(await resume({ datastore: again, bus: 'durable' })).toMatchObject({
    counts: { sent: 2, pending: 0 },
  });
  await again.close();
});

test('letters in a shop that cannot be written stay where they are', async () => {
  const file = await shopWithDeadLetters();
  const other = anotherProgramOn(file);
  const datastore = openImpatiently(file);
  const chosen = await choose(deadLetterStore(datastore).all());
  other.lock();

  expect(await rejectionOf(() => redriveLetters({ datastore, chosen }))).toBeInstanceOf(
    DatastoreUnavailableError,
  );
  await datastore.close();

  other.unlock();
  expect(await idsIn(file)).toHaveLength(3);
});
