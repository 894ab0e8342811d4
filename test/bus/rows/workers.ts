import { expect } from 'vitest';
import {
  type BusHarness,
  type BusRows,
  closedGate,
  idsOf,
  manyTurns,
  recorder,
  until,
} from '../../support/bus.ts';

/** The same subscriber in two workers; undefined where nothing can be shared. */
async function pair({ bus, another }: BusHarness, act?: Parameters<typeof recorder>[2]) {
  const other = await another?.();
  if (other === undefined) return undefined;
  const [here, there] = [recorder('mailer', '*', act), recorder('mailer', '*', act)];
  bus.subscribe(here);
  await bus.settle();
  other.subscribe(there);
  await other.settle();
  return { other, handled: () => [...here.handled, ...there.handled] };
}

async function whatIsLoggedIsPublished({ bus, datastore, make, finish }: BusHarness): Promise<void> {
  const mailer = recorder('mailer');
  bus.subscribe(mailer);
  await bus.settle();
  const kim = make.registered('kim');

  await datastore.eventLog.append([kim]);
  await finish();

  expect(idsOf(mailer.handled)).toEqual(bus.capabilities.outbox ? [kim.id] : []);
}

async function eachIsHandledByOne(harness: BusHarness): Promise<void> {
  const { bus, make } = harness;
  const workers = await pair(harness);
  if (workers === undefined) return expect(bus.capabilities.durable).toBe(false);
  const messages = ['kim', 'lee', 'mia', 'kim', 'lee', 'mia', 'kim'].map(make.registered);

  for (const [index, message] of messages.entries())
    await (index % 2 === 0 ? bus : workers.other).publish([message]);
  await bus.settle();
  await workers.other.settle();

  expect(idsOf(workers.handled()).sort()).toEqual(idsOf(messages).sort());
}

/** As long as the first is in hand, one worker after the other is told of another of its subject. */
async function theOrderHoldsAcrossThem(harness: BusHarness): Promise<void> {
  const { bus, make } = harness;
  const gate = closedGate();
  const workers = await pair(harness, () => gate.opened);
  if (workers === undefined) return expect(bus.capabilities.ordersAcrossWorkers).toBe(false);
  const messages = ['kim', 'kim', 'kim', 'kim', 'kim'].map(make.registered);
  const [first, ...behind] = messages;
  await bus.publish(first ? [first] : []);
  await until(() => workers.handled().length === 1);

  for (const message of behind) await workers.other.publish([message]);
  await manyTurns();

  expect(workers.handled()).toHaveLength(bus.capabilities.ordersAcrossWorkers ? 1 : 2);
  gate.open();
  await bus.settle();
  await workers.other.settle();
  expect(idsOf(workers.handled()).sort()).toEqual(idsOf(messages).sort());
}

async function whatWaitsGoesOnElsewhere(harness: BusHarness): Promise<void> {
  const { bus, make } = harness;
  const gate = closedGate();
  const workers = await pair(harness, () => gate.opened);
  if (workers === undefined) return expect(bus.capabilities.durable).toBe(false);
  const messages = ['kim', 'kim', 'kim', 'kim'].map(make.registered);
  await bus.publish(messages);
  await until(() => workers.handled().length > 0);

  const closed = bus.close();
  gate.open();
  await closed;
  // A server passes it on that the other may go on, which takes a moment.
  for (let left = 1000; left > 0 && workers.handled().length < messages.length; left--)
    await workers.other.settle();

  expect(idsOf(workers.handled()).sort()).toEqual(idsOf(messages).sort());
}

export const workerRows: BusRows = {
  'outbox: what a service has logged is published, though nobody says so, or nobody reads it there':
    whatIsLoggedIsPublished,
  'workers: of a subscriber in two workers each message is handled once': eachIsHandledByOne,
  'workers: the order of a subject holds across two of them, or does not': theOrderHoldsAcrossThem,
  'workers: what waits in one that closes is handled by the other': whatWaitsGoesOnElsewhere,
};
