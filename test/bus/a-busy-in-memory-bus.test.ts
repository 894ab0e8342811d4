import { expect, test } from 'vitest';
import { closedGate, recorder, type ShopMessage, until } from '../support/bus.ts';
import { inMemoryHarness } from '../support/in-memory-bus.ts';
import { recordingLogger } from '../support/recording-logger.ts';

/** Counts how often a timer and a turn of the event loop get in, until it is stopped. */
function countTurns() {
  const counts = { timers: 0, turns: 0 };
  let isRunning = true;
  const onTimer = (): void => {
    counts.timers++;
    if (isRunning) setTimeout(onTimer, 0);
  };
  const onTurn = (): void => {
    counts.turns++;
    if (isRunning) setImmediate(onTurn);
  };
  onTimer();
  onTurn();
  return {
    counts,
    stop: () => {
      isRunning = false;
    },
  };
}

test('timers and sockets get in while 100,000 messages are handled', async () => {
  const { bus, make } = await inMemoryHarness();
  let handled = 0;
  bus.subscribe({
    name: 'counter',
    handles: '*',
    handle: async () => {
      handled++;
    },
  });
  const messages = Array.from({ length: 100_000 }, (_, index) => make.registered(`customer-${index % 5000}`));
  await bus.publish(messages);
  const { counts, stop } = countTurns();

  await bus.settle();
  stop();

  expect(handled).toBe(100_000);
  expect(counts.turns).toBeGreaterThan(100);
  expect(counts.timers).toBeGreaterThan(10);
});

// The time-out is the claim: moving all that wait for each one handled would take far longer.
test('a hundred thousand messages of one subject cost no more each than a few', {
  timeout: 10_000,
}, async () => {
  const { bus, make } = await inMemoryHarness();
  const subscriber = recorder('any');
  bus.subscribe(subscriber);

  await bus.publish(Array.from({ length: 100_000 }, () => make.registered('kim')));
  await bus.settle();

  expect(subscriber.handled).toHaveLength(100_000);
});

test('a handler may emit more messages than fit on the stack', async () => {
  const { bus, make } = await inMemoryHarness();
  const emitted = new Array<ShopMessage>(200_000).fill(make.priceChanged('helmet'));
  bus.subscribe(
    recorder('emitter', ['CustomerRegistered'], async (_message, context) => context.publish(emitted)),
  );
  const listener = recorder('listener', ['PriceChanged']);
  bus.subscribe(listener);

  await bus.publish([make.registered('kim')]);
  await bus.settle();

  expect(await bus.deadLetters()).toEqual([]);
  expect(listener.handled).toHaveLength(1);
});

test('a subscriber has no more messages in hand than it may', async () => {
  const { bus, make } = await inMemoryHarness({ concurrency: 3 });
  const gate = closedGate();
  let inHand = 0;
  let mostInHand = 0;
  const subscriber = recorder('slow', '*', async () => {
    mostInHand = Math.max(mostInHand, ++inHand);
    await gate.opened;
    inHand--;
  });
  bus.subscribe(subscriber);

  await bus.publish(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(make.registered));
  await until(() => subscriber.handled.length === 3);
  gate.open();
  await bus.settle();

  expect(subscriber.handled).toHaveLength(7);
  expect(mostInHand).toBe(3);
});

test('a dead letter is logged with ids and codes, and nothing of what the message says', async () => {
  const logger = recordingLogger();
  const { bus, make } = await inMemoryHarness({ logger });
  bus.subscribe(recorder('broken', '*', () => Promise.reject(new TypeError('kim@example.com is broken'))));
  const kim = make.registered('kim@example.com');

  await bus.publish([kim]);
  await bus.settle();

  expect(logger.lines.map((line) => JSON.parse(line))).toEqual([
    {
      messageId: kim.id,
      messageType: 'CustomerRegistered',
      subscriber: 'broken',
      code: 'TypeError',
      // Where the mistake is, and none of its words.
      defect: expect.stringMatching(/^TypeError at a-busy-in-memory-bus\.test\.ts:\d+:\d+$/),
      text: 'dead letter',
    },
  ]);
});
