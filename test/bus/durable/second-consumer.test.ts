import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { DurableEventBus } from '../../../src/bus/index.ts';
import { AlreadyConsumedError, type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import { shopEvents } from '../../../src/events/index.ts';
import { seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { idsOf, manyTurns, recorder } from '../../support/bus.ts';
import { eventMaker, eventsBeginAtMs } from '../../support/events.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

const clock = () => new VirtualClock(eventsBeginAtMs);

const busOn = (datastore: Datastore) =>
  new DurableEventBus({ catalogue: shopEvents, clock: clock(), datastore, random: seededRandom(1) });

const oneFile = (): readonly [Datastore, Datastore] => {
  const file = temporaryFile('shop.db');
  return [openDatastore({ file }), openDatastore({ file })];
};

test('of two processes on one file the second is refused, says so, and is given nothing', async () => {
  const [one, other] = oneFile();
  const [first, second] = [busOn(one), busOn(other)];
  const make = eventMaker();
  const [consumer, refused] = [recorder('mailer'), recorder('auditor')];
  first.subscribe(consumer);
  await first.settle();

  second.subscribe(refused);
  const kim = make.registered('kim');

  await expect(second.settle()).rejects.toThrow(AlreadyConsumedError);
  await expect(second.publish([kim])).rejects.toThrow(AlreadyConsumedError);
  await expect(second.replay('mailer', { fromPosition: 1 })).rejects.toThrow(AlreadyConsumedError);
  await first.publish([kim]);
  await first.settle();
  await manyTurns();
  expect(idsOf(consumer.handled)).toEqual([kim.id]);
  expect(refused.handled).toEqual([]);
  await expect(second.settle()).rejects.toMatchObject({ code: 'already_consumed', help: /^Stop the other/ });
});

test('who only publishes to a file is never refused', async () => {
  const [one, other] = oneFile();
  const [consumer, publisher] = [busOn(one), busOn(other)];
  const subscriber = recorder('mailer');
  consumer.subscribe(subscriber);
  await consumer.settle();
  const kim = eventMaker().registered('kim');

  await publisher.publish([kim]);
  await consumer.settle();

  expect(idsOf(subscriber.handled)).toEqual([kim.id]);
});

test('whoever settles waits for what was published before, and not for what others go on publishing', async () => {
  const [one, other] = oneFile();
  const [consumer, publisher] = [busOn(one), busOn(other)];
  const make = eventMaker();
  const handled: string[] = [];
  consumer.subscribe({
    name: 'mailer',
    handles: ['CustomerRegistered'],
    async handle({ id, data }) {
      handled.push(id);
      if (handled.length < 100) await publisher.publish([make.registered(`${data.customerId}-again`)]);
    },
  });
  await consumer.settle();
  const kim = make.registered('kim');
  await publisher.publish([kim]);

  await consumer.settle();
  expect(handled).toEqual([kim.id]);

  await consumer.settle();
  expect(handled).toHaveLength(2);
});

test('when the first process has closed its bus, the second goes on where it was', async () => {
  const [one, other] = oneFile();
  const [first, second] = [busOn(one), busOn(other)];
  const make = eventMaker();
  first.subscribe(recorder('mailer'));
  await first.publish([make.registered('kim')]);
  await first.settle();
  const successor = recorder('mailer');
  second.subscribe(successor);
  await expect(second.settle()).rejects.toThrow(AlreadyConsumedError);

  await first.close();
  const lee = make.registered('lee');
  await second.publish([lee]);
  await second.settle();

  expect(idsOf(successor.handled)).toEqual([lee.id]);
});

/** A program that consumes from a file until it is killed; it says so once it does. */
function startConsumingProcess(file: string) {
  const [bus, datastore, events, kernel] = ['bus', 'datastore', 'events', 'kernel'].map(
    (room) => new URL(`../../../src/${room}/index.ts`, import.meta.url).href,
  );
  const program = `
    const { DurableEventBus } = await import('${bus}');
    const { openDatastore } = await import('${datastore}');
    const { shopEvents: catalogue } = await import('${events}');
    const { systemClock, systemRandom } = await import('${kernel}');
    const datastore = openDatastore({ file: process.argv[1] });
    const bus = new DurableEventBus({ catalogue, clock: systemClock(), datastore, random: systemRandom() });
    bus.subscribe({ name: 'mailer', handles: '*', handle: async () => {} });
    await bus.settle();
    console.log('consuming');
    setInterval(() => {}, 1000);`;
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program, file];
  return spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('a process that consumes from a file is alone with it until it is killed', async () => {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  const other = startConsumingProcess(file);
  await once(other.stdout, 'data');
  const bus = busOn(datastore);
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  await expect(bus.settle()).rejects.toThrow(AlreadyConsumedError);

  other.kill('SIGKILL');
  await once(other, 'exit');

  const kim = eventMaker().registered('kim');
  await bus.publish([kim]);
  await bus.settle();
  expect(idsOf(subscriber.handled)).toEqual([kim.id]);
  await bus.close();
  await datastore.close();
});
