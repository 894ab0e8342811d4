import { expect, test } from 'vitest';
import { closedGate, idsOf, recorder, until } from '../../support/bus.ts';
import { alterConsumption, durableHarness } from '../../support/durable-bus.ts';

test('closing finishes the messages in hand, and leaves those that wait behind them for the next start', async () => {
  const { bus, make, restart } = await durableHarness();
  const gate = closedGate();
  const messages = [...Array.from({ length: 2000 }, () => make.registered('kim')), make.registered('lee')];
  const before = recorder('mailer', '*', () => gate.opened);
  bus.subscribe(before);
  await bus.publish(messages);
  await until(() => before.handled.length === 2);

  const closed = bus.close();
  gate.open();
  await closed;
  expect(before.handled.map(({ subject }) => subject)).toEqual(['kim', 'lee']);

  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.settle();
  expect(idsOf(after.handled)).toEqual(idsOf(messages.slice(1, 2000)));
});

test('what is emitted at the last moment waits, where something older waits before it', async () => {
  const { bus, make, restart } = await durableHarness();
  const gate = closedGate();
  const [helmet, bell] = [make.priceChanged('helmet'), make.priceChanged('bell')];
  const busy = recorder('busy', ['PriceChanged'], () => gate.opened);
  const idle = recorder('idle', ['PriceChanged'], async () => {});
  const emitter = recorder('emitter', ['CustomerRegistered'], async (_message, context) => {
    await gate.opened;
    context.publish([bell]);
  });
  for (const subscriber of [busy, idle, emitter]) bus.subscribe(subscriber);
  await bus.publish([helmet, make.priceChanged('helmet'), make.registered('kim')]);
  await until(() => busy.handled.length + idle.handled.length + emitter.handled.length === 4);

  const closed = bus.close();
  gate.open();
  await closed;
  expect(idsOf(busy.handled)).toEqual([helmet.id]);
  expect(idsOf(idle.handled)).toContain(bell.id);

  const successor = await restart();
  const after = recorder('busy', ['PriceChanged']);
  successor.subscribe(after);
  await successor.settle();
  expect(after.handled.map(({ subject }) => subject).sort()).toEqual(['bell', 'helmet']);
});

test('closing waits for no retry; the next process makes it', async () => {
  const { bus, make, restart, finish } = await durableHarness();
  bus.subscribe(recorder('mailer', '*', () => Promise.reject(new Error('not yet'))));
  await bus.publish([make.registered('kim')]);
  await bus.settle();

  await bus.close();
  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await finish();

  expect(after.handled).toHaveLength(1);
});

test('closing does not read on in a long log', async () => {
  const { bus, datastore, make } = await durableHarness();
  const gate = closedGate();
  const mailer = recorder('mailer', '*', () => gate.opened);
  bus.subscribe(mailer);
  await bus.settle();
  await datastore.eventLog.append(
    Array.from({ length: 5000 }, (_, index) => make.registered(`customer-${index}`)),
  );
  await bus.publish([make.registered('last')]);
  await until(() => mailer.handled.length > 0);
  const begun = mailer.handled.length;

  const closed = bus.close();
  gate.open();
  await closed;

  expect(mailer.handled).toHaveLength(begun);
});

test('what was logged and not read yet when the bus closes is left, however little it is', async () => {
  const { bus, datastore, make, restart } = await durableHarness();
  const before = recorder('mailer');
  bus.subscribe(before);
  await bus.settle();
  const messages = ['kim', 'lee', 'mia'].map(make.registered);
  await datastore.eventLog.append(messages.slice(0, 2));
  await bus.publish(messages.slice(2));

  await bus.close();
  expect(before.handled).toEqual([]);

  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.settle();
  expect(idsOf(after.handled)).toEqual(idsOf(messages));
});

test('closing looks for nothing in a long log that a subscriber has yet to read', async () => {
  let reads = 0;
  const counting = alterConsumption((store) => ({
    read(stretch) {
      reads++;
      return store.read(stretch);
    },
  }));
  const { bus, datastore, make } = await durableHarness({}, counting);
  bus.subscribe(recorder('prices', ['PriceChanged']));
  await bus.settle();
  await datastore.eventLog.append(
    Array.from({ length: 10_000 }, (_, index) => make.registered(`customer-${index}`)),
  );
  await bus.publish([make.priceChanged('helmet')]);

  await bus.close();

  expect(reads).toBe(1);
});

test('who finishes what is in hand comes to an end, however much others publish meanwhile', async () => {
  const { bus, datastore, make, restart } = await durableHarness();
  const gate = closedGate();
  let others = 0;
  const relay = recorder('relay', ['PriceChanged'], async (_message, context) => {
    await gate.opened;
    // As of another process that is as fast as this one.
    if (others < 50) await datastore.eventLog.append([make.priceChanged(`of-others-${others++}`)]);
    context.publish([make.registered('kim')]);
  });
  const greeter = recorder('greeter', ['CustomerRegistered']);
  for (const subscriber of [relay, greeter]) bus.subscribe(subscriber);
  await bus.publish([make.priceChanged('helmet')]);
  await until(() => relay.handled.length === 1);

  const finished = bus.finishInHand();
  gate.open();
  await finished;

  expect(relay.handled.map(({ subject }) => subject)).toEqual(['helmet']);
  expect(greeter.handled.map(({ subject }) => subject)).toEqual(['kim']);
  await bus.close();
  const successor = await restart();
  const [relayAfter, greeterAfter] = [
    recorder('relay', ['PriceChanged']),
    recorder('greeter', ['CustomerRegistered']),
  ];
  for (const subscriber of [relayAfter, greeterAfter]) successor.subscribe(subscriber);
  await successor.settle();
  expect(relayAfter.handled.map(({ subject }) => subject)).toEqual(['of-others-0']);
  expect(greeterAfter.handled).toEqual([]);
});

test('what is emitted at the last moment waits, where others have published of the same subject before', async () => {
  const { bus, datastore, make, restart } = await durableHarness();
  const gate = closedGate();
  const [ofOthers, own, elsewhere] = [make.registered('kim'), make.registered('kim'), make.registered('lee')];
  const relay = recorder('relay', ['PriceChanged'], async (_message, context) => {
    await gate.opened;
    await datastore.eventLog.append([ofOthers]);
    context.publish([own, elsewhere]);
  });
  const greeter = recorder('greeter', ['CustomerRegistered']);
  for (const subscriber of [relay, greeter]) bus.subscribe(subscriber);
  await bus.publish([make.priceChanged('helmet')]);
  await until(() => relay.handled.length === 1);

  const closed = bus.close();
  gate.open();
  await closed;
  expect(idsOf(greeter.handled)).toEqual([elsewhere.id]);

  const successor = await restart();
  const after = recorder('greeter', ['CustomerRegistered']);
  successor.subscribe(after);
  await successor.settle();
  expect(idsOf(after.handled)).toEqual(idsOf([ofOthers, own]));
});
