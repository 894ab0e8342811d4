import { expect, test } from 'vitest';
import { idsOf, recorder, until } from '../../support/bus.ts';
import { type Alteration, alterConsumption, durableHarness } from '../../support/durable-bus.ts';

/** From the moment that the story says, nothing more is committed by the first process: it has died. */
function death(): { readonly alteration: Alteration; comes(): void } {
  let processes = 0;
  let hasCome = false;
  const alteration = alterConsumption((store) => {
    const isMortal = processes++ === 0;
    return { commit: (batch) => (isMortal && hasCome ? new Promise(() => {}) : store.commit(batch)) };
  });
  return {
    alteration,
    comes: () => {
      hasCome = true;
    },
  };
}

test('what was handled and not committed when the process died is handled once more, and nothing else', async () => {
  const { alteration, comes } = death();
  const { bus, make, restart } = await durableHarness({}, alteration);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];
  const before = recorder('mailer');
  bus.subscribe(before);
  await bus.publish([kim]);
  await bus.settle();
  bus.subscribe(recorder('bystander'));
  await bus.settle();

  before.handle = async (message) => {
    comes();
    before.handled.push(message);
  };
  await bus.publish([lee]);
  await until(() => before.handled.length === 2);
  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.settle();

  expect(idsOf(after.handled)).toEqual([lee.id]);
});

test('what a handler emitted is there exactly if its message was acknowledged', async () => {
  const { alteration, comes } = death();
  const { bus, datastore, make, restart } = await durableHarness({}, alteration);
  const prices = { kim: make.priceChanged('helmet'), lee: make.priceChanged('bell') };
  const emitter = () =>
    recorder('emitter', ['CustomerRegistered'], async ({ subject }, context) => {
      if (subject === 'lee') comes();
      context.publish([prices[subject as keyof typeof prices]]);
    });
  const first = emitter();
  bus.subscribe(first);
  await bus.publish([make.registered('kim')]);
  await bus.settle();
  await bus.publish([make.registered('lee')]);
  await until(() => first.handled.length === 2);
  expect(await datastore.eventLog.find(prices.kim.id)).toEqual(prices.kim);
  expect(await datastore.eventLog.find(prices.lee.id)).toBeUndefined();

  const successor = await restart();
  const [second, listener] = [emitter(), recorder('listener', ['PriceChanged'])];
  successor.subscribe(listener);
  successor.subscribe(second);
  await successor.settle();

  expect(second.handled.map(({ subject }) => subject)).toEqual(['lee']);
  expect(idsOf(listener.handled)).toEqual([prices.lee.id]);
});

test('what was handled before a slow message is not handled again when the process dies meanwhile', async () => {
  const { bus, make, restart } = await durableHarness();
  const subjects = ['kim', ...Array.from({ length: 3000 }, (_, index) => `customer-${index}`)];
  const messages = subjects.map(make.registered);
  const hangsOnKim = recorder('mailer', '*', async ({ subject }) => {
    if (subject === 'kim') await new Promise(() => {});
  });
  bus.subscribe(hangsOnKim);
  await bus.publish(messages);
  await until(() => hangsOnKim.handled.length === messages.length);
  // Published in a batch that takes along what was handled before it.
  await bus.publish([make.registered('last')]);
  await bus.publish([make.registered('very last')]);

  const successor = await restart();
  const after = recorder('mailer');
  successor.subscribe(after);
  await successor.settle();

  const again = after.handled.map(({ subject }) => subject);
  expect(again).toContain('kim');
  expect(again.filter((subject) => subject.startsWith('customer-'))).toEqual([]);
});

test('an attempt that was not committed does not count', async () => {
  const { alteration, comes } = death();
  const { bus, make, restart } = await durableHarness({}, alteration);
  const attempts: number[] = [];
  const broken = () =>
    recorder('broken', '*', async (_message, { attempt }) => {
      comes();
      attempts.push(attempt);
      throw new Error('never');
    });
  bus.subscribe(broken());
  await bus.publish([make.registered('kim')]);
  await until(() => attempts.length === 1);

  const successor = await restart();
  successor.subscribe(broken());
  await until(() => attempts.length === 2);

  expect(attempts).toEqual([1, 1]);
});
