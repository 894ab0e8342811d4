import { expect, test } from 'vitest';
import { closedGate, idsOf, manyTurns, recorder, until } from '../../support/bus.ts';
import { alterConsumption, durableHarness } from '../../support/durable-bus.ts';

test('a new subscriber misses nothing that is logged once it has settled, published or not', async () => {
  const { bus, datastore, make } = await durableHarness();
  const [before, after] = [make.registered('kim'), make.registered('kim')];
  await datastore.eventLog.append([before]);
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  await bus.settle();

  await datastore.transaction(({ eventLog }) => eventLog.append([after]));
  await bus.settle();

  expect(idsOf(subscriber.handled)).toEqual([after.id]);
});

test('what a service logged with its own change is not doubled when it is published', async () => {
  const { bus, datastore, make } = await durableHarness();
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  await bus.settle();
  const [kim, lee, mia] = [make.registered('kim'), make.registered('lee'), make.registered('mia')];

  await datastore.transaction(({ eventLog }) => eventLog.append([kim, lee]));
  await bus.publish([kim, mia, lee]);
  await bus.publish([kim]);
  await bus.settle();

  expect(idsOf(subscriber.handled).sort()).toEqual(idsOf([kim, lee, mia]).sort());
  expect(await datastore.consumption.head()).toBe(3);
});

test('messages that were published out of the order of the log are handled in that of the log', async () => {
  const { bus, datastore, make } = await durableHarness();
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  await bus.settle();
  const messages = ['kim', 'kim', 'kim', 'kim'].map(make.registered);
  await datastore.eventLog.append(messages);

  await Promise.all([...messages].reverse().map((message) => bus.publish([message])));
  await bus.settle();

  expect(idsOf(subscriber.handled)).toEqual(idsOf(messages));
});

test('who comes back under a known name is given what was published meanwhile', async () => {
  const { bus, make } = await durableHarness();
  const leave = bus.subscribe(recorder('mailer'));
  await bus.publish([make.registered('kim')]);
  await bus.settle();
  leave();
  const meanwhile = [make.registered('lee'), make.registered('mia')];
  await bus.publish(meanwhile);

  const back = recorder('mailer');
  bus.subscribe(back);
  await bus.settle();

  expect(idsOf(back.handled)).toEqual(idsOf(meanwhile));
});

test('who leaves while it is being let in is waited for: what is published behind that is there when it comes back', async () => {
  const gate = closedGate();
  const slowly = alterConsumption(({ enter }) => ({
    async enter(name) {
      await gate.opened;
      return enter(name);
    },
  }));
  const { bus, make } = await durableHarness({}, slowly);
  const leave = bus.subscribe(recorder('mailer'));
  await manyTurns();
  leave();
  const kim = make.registered('kim');
  const published = bus.publish([kim]);
  await manyTurns();
  gate.open();
  await published;

  const back = recorder('mailer');
  bus.subscribe(back);
  await bus.settle();

  expect(idsOf(back.handled)).toEqual([kim.id]);
});

test('closing waits for the place of one that has left while it was being let in', async () => {
  const gate = closedGate();
  let entered = 0;
  const slowly = alterConsumption(({ enter }) => ({
    async enter(name) {
      if (name === 'mailer') await gate.opened;
      await enter(name);
      entered++;
    },
  }));
  const { bus } = await durableHarness({}, slowly);
  bus.subscribe(recorder('other'));
  await bus.settle();
  entered = 0;
  const leave = bus.subscribe(recorder('mailer'));
  await manyTurns();
  leave();

  const closed = bus.close().then(() => entered);
  await manyTurns();
  gate.open();

  expect(await closed).toBe(1);
});

test('who comes back while its last message is in hand waits for it, and holds up no publisher', async () => {
  const { bus, make } = await durableHarness();
  const gate = closedGate();
  const first = recorder('mailer', '*', () => gate.opened);
  const leave = bus.subscribe(first);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];
  await bus.publish([kim]);
  await until(() => first.handled.length === 1);
  leave();
  const second = recorder('mailer');
  bus.subscribe(second);

  await bus.publish([lee]);
  await manyTurns();
  expect(second.handled).toEqual([]);
  gate.open();
  await bus.settle();

  expect(idsOf(second.handled)).toEqual([lee.id]);
});

test('who left again before its predecessor had finished is given nothing when that has', async () => {
  const { bus, make } = await durableHarness();
  const gate = closedGate();
  const [first, second, third] = [
    recorder('mailer', '*', () => gate.opened),
    recorder('mailer'),
    recorder('mailer'),
  ];
  const leave = bus.subscribe(first);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];
  await bus.publish([kim]);
  await until(() => first.handled.length === 1);
  leave();
  const leaveAgain = bus.subscribe(second);
  await manyTurns();
  leaveAgain();
  bus.subscribe(third);
  await bus.publish([lee]);

  gate.open();
  await bus.settle();

  expect([first, second, third].map(({ handled }) => idsOf(handled))).toEqual([[kim.id], [], [lee.id]]);
});

test('who comes back is not given again what it had handled ahead of the others', async () => {
  const { bus, make } = await durableHarness();
  const gate = closedGate();
  const first = recorder('mailer', '*', async ({ subject }) => {
    if (subject === 'kim') await gate.opened;
  });
  const leave = bus.subscribe(first);
  const messages = ['kim', 'kim', 'lee', 'kim'].map(make.registered);
  await bus.publish(messages);
  await until(() => first.handled.length === 2);
  leave();
  gate.open();
  await bus.settle();

  const second = recorder('mailer');
  bus.subscribe(second);
  await bus.settle();

  expect(first.handled.map(({ subject }) => subject)).toEqual(['kim', 'lee']);
  expect(idsOf(second.handled)).toEqual([messages[1]?.id, messages[3]?.id]);
});

test('a bus begins with what is left of the last process, without being asked', async () => {
  const { bus, make, restart } = await durableHarness();
  bus.subscribe(recorder('mailer'));
  await bus.settle();
  const publisher = await restart();
  await publisher.publish([make.registered('kim')]);

  const successor = await restart();
  const subscriber = recorder('mailer');
  successor.subscribe(subscriber);
  await until(() => subscriber.handled.length > 0);

  expect(subscriber.handled).toMatchObject([{ subject: 'kim' }]);
});

test('a subscriber is given what its process knows how to read of what an older one has logged', async () => {
  const { bus, datastore, make } = await durableHarness();
  const subscriber = recorder('orders', ['OrderStatusChanged']);
  bus.subscribe(subscriber);
  await bus.settle();
  const newest = make.orderPlaced('order-1');
  const { reason, ...data } = newest.data;
  const unknown = { ...make.orderPlaced('order-2'), schemaVersion: 9 };

  await datastore.eventLog.append([{ ...newest, schemaVersion: 1, data }, unknown]);
  await bus.settle();

  expect(subscriber.handled).toEqual([newest]);
  expect(await bus.deadLetters()).toMatchObject([
    {
      messageId: unknown.id,
      subscriber: 'orders',
      attempts: 0,
      error: { code: 'unknown_schema_version' },
      message: unknown,
    },
  ]);
});
