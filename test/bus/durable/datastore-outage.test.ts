import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { DurableEventBus } from '../../../src/bus/index.ts';
import { DatastoreUnavailableError, openDatastore } from '../../../src/datastore/index.ts';
import { datastoreOn } from '../../../src/datastore/open.ts';
import { select } from '../../../src/datastore/query.ts';
import { openSqlite } from '../../../src/datastore/sqlite.ts';
import { shopEvents } from '../../../src/events/index.ts';
import { seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { idsOf, manyTurns, recorder, until } from '../../support/bus.ts';
import { eventMaker, eventsBeginAtMs } from '../../support/events.ts';
import { recordingLogger } from '../../support/recording-logger.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

/** A bus on a file that does not wait long for another program, and that program. */
function besideAnotherProgram() {
  const file = temporaryFile('shop.db');
  const clock = new VirtualClock(eventsBeginAtMs);
  const logger = recordingLogger();
  const datastore = openDatastore({ file, busyTimeoutMs: 1 });
  const random = seededRandom(1);
  const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random, logger });
  const other = new Database(file);
  return {
    clock,
    bus,
    datastore,
    make: eventMaker(clock),
    logged: logger.lines,
    locks: () => void other.exec('begin exclusive'),
    unlocks: () => void other.exec('rollback'),
  };
}

test('what cannot be committed is not published, and the publisher is told', async () => {
  const { bus, datastore, make, locks, unlocks } = besideAnotherProgram();
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  await bus.settle();
  const kim = make.registered('kim');

  locks();
  await expect(bus.publish([kim])).rejects.toThrow(DatastoreUnavailableError);
  unlocks();
  expect(await datastore.eventLog.find(kim.id)).toBeUndefined();
  await bus.settle();
  expect(subscriber.handled).toEqual([]);

  await bus.publish([kim]);
  await bus.settle();
  expect(idsOf(subscriber.handled)).toEqual([kim.id]);
});

test('what was handled while the datastore was locked is committed later, and not handled again', async () => {
  const { bus, clock, datastore, make, logged, locks, unlocks } = besideAnotherProgram();
  const subscriber = recorder('mailer', ['CustomerRegistered'], async (_message, context) => {
    locks();
    context.publish([make.priceChanged('helmet')]);
  });
  bus.subscribe(subscriber);
  await bus.publish([make.registered('kim')]);
  await until(() => logged.length > 0);
  expect(logged.map((line) => JSON.parse(line))).toEqual([
    {
      code: 'datastore_unavailable',
      reason: 'the datastore is unavailable: database is locked',
      text: 'the bus waits for its datastore',
    },
  ]);
  await expect(bus.settle()).rejects.toThrow(DatastoreUnavailableError);

  unlocks();
  await clock.advanceTo(clock.now() + 250, manyTurns);

  expect(await datastore.eventLog.about('helmet')).toHaveLength(1);
  expect(await datastore.consumption.checkpoint('mailer')).toMatchObject({ position: 1 });
  await bus.settle();
  expect(subscriber.handled).toHaveLength(1);
});

test('the longer it is away, the less often it is looked for: after a quarter of a second, and up to five', async () => {
  const { bus, clock, make, logged, locks } = besideAnotherProgram();
  bus.subscribe(recorder('mailer', '*', async () => locks()));
  await bus.publish([make.registered('kim')]);
  await until(() => logged.length > 0);
  const sinceMs = clock.now();
  const waits = (): number => logged.filter((line) => line.includes('the bus waits')).length;
  const foundAwayMs: number[] = [];
  for (let known = waits(); clock.now() < sinceMs + 20_000; known = waits()) {
    await clock.advanceTo(clock.now() + 50, manyTurns);
    if (waits() > known) foundAwayMs.push(clock.now() - sinceMs);
  }

  expect(foundAwayMs).toEqual([250, 750, 1750, 3750, 7750, 12_750, 17_750]);
});

test('settling and publishing try again at once', async () => {
  const { bus, make, locks, unlocks } = besideAnotherProgram();
  let isLocking = true;
  const subscriber = recorder('mailer', '*', async () => {
    if (isLocking) locks();
  });
  bus.subscribe(subscriber);
  await bus.publish([make.registered('kim')]);
  await expect(bus.settle()).rejects.toThrow(DatastoreUnavailableError);
  unlocks();
  isLocking = false;

  await bus.publish([make.registered('lee')]);
  await bus.settle();

  expect(subscriber.handled).toHaveLength(2);
});

test('nothing more is read while nothing can be committed', async () => {
  const { bus, datastore, make, locks, unlocks } = besideAnotherProgram();
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  await bus.settle();
  await datastore.eventLog.append(
    Array.from({ length: 10_000 }, (_, index) => make.registered(`customer-${index}`)),
  );

  locks();
  await expect(bus.settle()).rejects.toThrow(DatastoreUnavailableError);
  await manyTurns();
  expect(subscriber.handled.length).toBeLessThan(9000);
  unlocks();
  await bus.settle();

  expect(subscriber.handled).toHaveLength(10_000);
});

test('closing says so when what was handled cannot be committed', async () => {
  const { bus, make, locks, unlocks } = besideAnotherProgram();
  bus.subscribe(recorder('mailer', '*', async () => locks()));
  await bus.publish([make.registered('kim')]);
  await expect(bus.settle()).rejects.toThrow(DatastoreUnavailableError);

  await expect(bus.close()).rejects.toThrow(DatastoreUnavailableError);

  unlocks();
});

test('a subscriber that could not be entered is entered when the datastore is free', async () => {
  const { bus, make, logged, locks, unlocks } = besideAnotherProgram();
  locks();
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  await expect(bus.settle()).rejects.toThrow(DatastoreUnavailableError);
  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    { subscriber: 'mailer', text: 'a subscriber is given nothing' },
  ]);

  unlocks();
  const kim = make.registered('kim');
  await bus.publish([kim]);
  await bus.settle();

  expect(idsOf(subscriber.handled)).toEqual([kim.id]);
});

test('what a full datastore does not take is refused, and what was handled waits until there is room', async () => {
  const file = temporaryFile('shop.db');
  const db = openSqlite(file);
  const setMostPages = async (pages: number): Promise<void> => {
    await select(db, `pragma max_page_count = ${pages}`);
  };
  const clock = new VirtualClock(eventsBeginAtMs);
  const datastore = datastoreOn(db, file);
  const bus = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(1) });
  const make = eventMaker(clock);
  const subscriber = recorder('mailer', ['CustomerRegistered'], async (_message, context) => {
    await setMostPages(1);
    context.publish(Array.from({ length: 1000 }, () => make.priceChanged('helmet')));
  });
  bus.subscribe(subscriber);
  await bus.publish([make.registered('kim')]);

  await expect(bus.settle()).rejects.toThrow('the datastore is unavailable: database or disk is full');
  const many = Array.from({ length: 1000 }, () => make.priceChanged('bell'));
  await expect(bus.publish(many)).rejects.toMatchObject({ code: 'datastore_unavailable' });
  expect(await datastore.eventLog.about('helmet')).toEqual([]);

  await setMostPages(1_000_000);
  await bus.settle();
  expect(await datastore.eventLog.about('helmet')).toHaveLength(1000);
  expect(await datastore.eventLog.about('bell')).toEqual([]);
  expect(subscriber.handled).toHaveLength(1);
  await bus.close();
  await datastore.close();
});

describe('a handler that does not find its datastore', () => {
  /** Of each message that it writes down, and of each attempt. */
  function registrar(
    { datastore }: ReturnType<typeof besideAnotherProgram>,
    isLocking: () => void = () => {},
  ) {
    const attempts: string[] = [];
    const written: string[] = [];
    const subscriber = recorder('registrar', '*', async ({ id, subject }, { attempt }) => {
      attempts.push(`${subject} ${attempt}`);
      isLocking();
      await datastore.shipmentProgress.advance(id, [{ lineItemId: 'li-1', status: 'shipped' }], 0);
      written.push(id);
    });
    return { attempts, written, subscriber };
  }

  /** The datastore is locked when the first of kim's two messages is handled. */
  async function locked() {
    const around = besideAnotherProgram();
    let locks: (() => void) | undefined = around.locks;
    const { attempts, written, subscriber } = registrar(around, () => {
      locks?.();
      locks = undefined;
    });
    const unsubscribe = around.bus.subscribe(subscriber);
    await around.bus.settle();
    const { make } = around;
    const messages = [make.registered('kim'), make.registered('kim'), make.registered('ada')];
    await around.bus.publish(messages);
    await expect(around.bus.settle()).rejects.toThrow(DatastoreUnavailableError);
    const ofKim = (): string[] => written.filter((id) => id !== messages[2]?.id);
    return { ...around, attempts, written, messages, ofKim, subscriber, unsubscribe };
  }

  test('is asked again at the same attempt when it is back, and those behind it of its subject wait', async () => {
    const { bus, clock, unlocks, attempts, written, messages, ofKim } = await locked();
    await clock.advanceTo(clock.now() + 60_000, manyTurns);
    expect(written).toEqual([]);

    unlocks();
    await clock.advanceTo(clock.now() + 5000, manyTurns);
    await bus.settle();

    expect(ofKim()).toEqual(idsOf(messages.slice(0, 2)));
    expect(written).toHaveLength(3);
    expect(new Set(attempts)).toEqual(new Set(['kim 1', 'ada 1']));
    expect(await bus.deadLetters()).toEqual([]);
  });

  test('is waited for by nobody who closes, and is asked by the next', async () => {
    const { bus, clock, datastore, subscriber, unlocks, written, messages, ofKim } = await locked();

    await bus.close();
    unlocks();
    const next = new DurableEventBus({ catalogue: shopEvents, clock, datastore, random: seededRandom(2) });
    next.subscribe(subscriber);
    await next.settle();

    expect(ofKim()).toEqual(idsOf(messages.slice(0, 2)));
    expect(written).toHaveLength(3);
  });

  test('is let go when it unsubscribes, and handles it when it is back', async () => {
    const { bus, unlocks, subscriber, unsubscribe, written, messages, ofKim } = await locked();

    unsubscribe();
    unlocks();
    await bus.settle();
    expect(written).toEqual([]);
    bus.subscribe(subscriber);
    await bus.settle();

    expect(ofKim()).toEqual(idsOf(messages.slice(0, 2)));
    expect(written).toHaveLength(3);
  });

  test('fails as others do when the bus finds its own', async () => {
    const { bus, make } = besideAnotherProgram();
    const elsewhere = new DatastoreUnavailableError(Object.assign(new Error('a'), { code: 'SQLITE_BUSY' }));
    const attempts: number[] = [];
    const subscriber = recorder('elsewhere', '*', async (_message, { attempt }) => {
      attempts.push(attempt);
      throw elsewhere;
    });
    bus.subscribe(subscriber);

    await bus.publish([make.registered('kim')]);
    await bus.settle();

    expect(attempts).toEqual([1, 1, 1]);
    expect(await bus.deadLetters()).toEqual([]);
  });
});
