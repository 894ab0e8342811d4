import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { nothingConsumed } from '../../src/datastore/index.ts';
import { aPlace, asAdmin, openPlace } from '../support/a-datastore.ts';
import { manyTurns } from '../support/bus.ts';
import { eventMaker } from '../support/events.ts';

const insertSql = (id: string): string => `
  insert into notification_architectures.event_log
    (id, type, source, subject, time, correlation_id, causation_id, schema_version, data)
  values ('${id}', 't', 's', 's', '2026-01-01T00:00:00Z', 'c', 'c', 1, '{}')`;

/** Two who append, the first of whom takes longer to commit, and what a reader sees before that and after it. */
async function race(place: string) {
  const [slow, quick] = [await session(place), await session(place)];
  await slow.query('begin');
  await slow.query(insertSql('slow'));
  const appended = quick.query(insertSql('quick'));
  const waits = await isWaiting(place, appended);
  const positions = async () =>
    (await asAdmin('select position from notification_architectures.event_log order by 1', place)).map(
      ({ position }) => Number(position),
    );
  const before = await positions();
  await slow.query('commit');
  await appended;
  return { waits, before, after: await positions() };
}

async function session(place: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** Whether a statement waits for a lock; false once it is through. */
async function isWaiting(place: string, statement: Promise<unknown>): Promise<boolean> {
  let isThrough = false;
  void statement.then(() => {
    isThrough = true;
  });
  while (!isThrough) {
    const waiting = await asAdmin('select 1 from pg_locks where not granted', place);
    if (waiting.length > 0) return true;
  }
  return false;
}

test('whoever appends waits for those before, so that no position is seen before a smaller one', async () => {
  const { waits, before, after } = await race(await aPlace());

  expect(waits).toBe(true);
  expect(before).toEqual([]);
  expect(after).toEqual([1, 2]);
});

test('without the lock a message is lost: who has read up to the last does not come back for it', async () => {
  const place = await aPlace();
  await asAdmin('alter table notification_architectures.event_log disable trigger all', place);

  const { before, after } = await race(place);

  const readUpTo = Math.max(...before);
  expect(after.filter((position) => position > readUpTo)).toEqual([]);
  expect(after.length).toBeGreaterThan(before.length);
});

test('a process appends behind one that has not committed, and what it commits comes after', async () => {
  const place = await aPlace();
  const datastore = await openPlace(place);
  const make = eventMaker();
  const slow = await session(place);
  await slow.query('begin');
  await slow.query(insertSql('slow'));

  const committing = datastore.consumption.commit({ ...nothingConsumed, append: [make.registered('kim')] });
  await isWaiting(place, committing);
  await manyTurns();
  await slow.query('commit');

  expect((await committing).positions).toEqual([2]);
});
