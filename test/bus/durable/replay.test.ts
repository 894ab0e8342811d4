import { expect, test } from 'vitest';
import { UnknownSubscriberError } from '../../../src/bus/index.ts';
import { InputError } from '../../../src/kernel/index.ts';
import { closedGate, idsOf, manyTurns, recorder, until } from '../../support/bus.ts';
import { durableHarness } from '../../support/durable-bus.ts';

test('a subscriber is given everything from a position on again, in order, and the others nothing', async () => {
  const { bus, make } = await durableHarness();
  const [mailer, bystander] = [recorder('mailer'), recorder('bystander')];
  bus.subscribe(mailer);
  bus.subscribe(bystander);
  const messages = ['kim', 'kim', 'kim', 'kim', 'kim'].map(make.registered);
  await bus.publish(messages);
  await bus.settle();

  await bus.replay('mailer', { fromPosition: 3 });
  await bus.settle();

  expect(idsOf(mailer.handled)).toEqual(idsOf([...messages, ...messages.slice(2)]));
  expect(bystander.handled).toHaveLength(5);
});

test('what was replayed is remembered like everything else', async () => {
  const { bus, make, restart } = await durableHarness();
  bus.subscribe(recorder('mailer'));
  await bus.publish([make.registered('kim'), make.registered('lee')]);
  await bus.settle();
  await bus.replay('mailer', { fromPosition: 1 });
  await bus.settle();

  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.settle();

  expect(after.handled).toEqual([]);
});

test('who has unsubscribed is given the messages again when it is back, also by another process', async () => {
  const { bus, make, restart } = await durableHarness();
  const leave = bus.subscribe(recorder('mailer'));
  const messages = ['kim', 'lee', 'mia'].map(make.registered);
  await bus.publish(messages);
  await bus.settle();
  leave();

  await bus.replay('mailer', { fromPosition: 2 });
  const successor = await restart();
  const back = recorder('mailer');
  successor.subscribe(back);
  await successor.settle();

  expect(idsOf(back.handled)).toEqual(idsOf(messages.slice(1)));
});

test('a replay from further on than a subscriber is skips nothing', async () => {
  const { bus, make } = await durableHarness();
  const leave = bus.subscribe(recorder('mailer'));
  await bus.settle();
  leave();
  const messages = ['kim', 'lee', 'mia'].map(make.registered);
  await bus.publish(messages);

  await bus.replay('mailer', { fromPosition: 3 });
  const back = recorder('mailer');
  bus.subscribe(back);
  await bus.settle();

  expect(idsOf(back.handled)).toEqual(idsOf(messages));
});

test('a replay waits for what is in hand, drops what waits behind it, and nothing settles before', async () => {
  const { bus, make } = await durableHarness();
  const gate = closedGate();
  const mailer = recorder('mailer', '*', () => gate.opened);
  bus.subscribe(mailer);
  const messages = ['kim', 'kim', 'kim'].map(make.registered);
  await bus.publish(messages);
  await until(() => mailer.handled.length === 1);

  const replayed = bus.replay('mailer', { fromPosition: 1 });
  const settled = bus.settle();
  await manyTurns();
  expect(mailer.handled).toHaveLength(1);
  gate.open();
  await Promise.all([replayed, settled]);

  expect(idsOf(mailer.handled)).toEqual(idsOf([...messages.slice(0, 1), ...messages]));
});

test('retries and dead letters from there on are given up, since their messages come again', async () => {
  const { bus, make, finish } = await durableHarness();
  let isMended = false;
  const succeeded: string[] = [];
  bus.subscribe(
    recorder('mailer', '*', async ({ id }) => {
      if (!isMended) throw new Error('broken');
      succeeded.push(id);
    }),
  );
  const [dead, waiting] = [make.registered('kim'), make.registered('lee')];
  await bus.publish([dead]);
  await finish();
  await bus.publish([waiting]);
  await bus.settle();
  expect(await bus.deadLetters()).toHaveLength(1);

  isMended = true;
  await bus.replay('mailer', { fromPosition: 1 });
  await finish();

  expect(succeeded).toEqual(idsOf([dead, waiting]));
  expect(await bus.deadLetters()).toEqual([]);
});

test('a replay over a message that was handled ahead of a slow one hands that out again too', async () => {
  const { bus, make, restart } = await durableHarness();
  const messages = ['kim', 'lee', 'mia', 'ned'].map(make.registered);
  const slow = recorder('mailer', '*', async ({ subject }) => {
    if (subject === 'kim') await new Promise(() => {});
  });
  bus.subscribe(slow);
  await bus.publish(messages);
  await until(() => slow.handled.length === 4);
  await manyTurns();

  const publisher = await restart();
  await publisher.replay('mailer', { fromPosition: 3 });
  const after = recorder('mailer');
  publisher.subscribe(after);
  await publisher.settle();

  expect(after.handled.map(({ subject }) => subject)).toEqual(['kim', 'mia', 'ned']);
});

test('an unknown subscriber and a position that cannot be are refused', async () => {
  const { bus } = await durableHarness();
  bus.subscribe(recorder('mailer'));

  await expect(bus.replay('nobody', { fromPosition: 1 })).rejects.toThrow(UnknownSubscriberError);
  for (const fromPosition of [0, -1, 1.5, Number.NaN]) {
    await expect(bus.replay('mailer', { fromPosition })).rejects.toThrow(InputError);
  }
});
