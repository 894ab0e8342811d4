import { expect, onTestFinished, test } from 'vitest';
import { DurableEventBus, InMemoryEventBus } from '../../src/bus/index.ts';
import { KeyedExecutor } from '../../src/bus/keyed-executor.ts';
import { openDatastore } from '../../src/datastore/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { idsOf, nextTurn, type ShopBus, type ShopMessage } from '../support/bus.ts';
import { eventMaker } from '../support/events.ts';

const startMs = Date.parse('2026-03-02T10:00:00Z');

function open(busName: string): ShopBus {
  const clock = new VirtualClock(startMs);
  const random = seededRandom(1);
  if (busName === 'in-memory') return new InMemoryEventBus({ catalogue: shopEvents, clock });
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  return new DurableEventBus({ catalogue: shopEvents, clock, random, datastore, retry: { maxAttempts: 1 } });
}

const maker = eventMaker();
const [first, second, third] = [maker.registered('kim'), maker.registered('lee'), maker.registered('mia')];

test.each(['in-memory', 'durable'])(
  'without a promise it is handled, and what it emits leaves (%s)',
  async (busName) => {
    const bus = open(busName);
    const seen: ShopMessage[] = [];
    bus.subscribe({
      name: 'at-once',
      handles: '*',
      handle(message, { publish }) {
        seen.push(message);
        if (message.id === first.id) publish([second]);
      },
    });

    await bus.publish([first]);
    await bus.settle();

    expect(idsOf(seen)).toEqual([first.id, second.id]);
    await bus.close();
  },
);

test.each(['in-memory', 'durable'])(
  'what it throws concerns this message alone, and what it emitted is never seen (%s)',
  async (busName) => {
    const bus = open(busName);
    const seen: ShopMessage[] = [];
    bus.subscribe({
      name: 'at-once',
      handles: '*',
      handle(message, { publish }) {
        publish([third]);
        if (message.id === first.id) throw new Error('no');
        seen.push(message);
      },
    });

    await bus.publish([first, second]);
    await bus.settle();

    expect(idsOf(seen)).toEqual([second.id, third.id]);
    expect(await bus.deadLetters()).toMatchObject([{ messageId: first.id, error: { message: 'no' } }]);
    await bus.close();
  },
);

test.each(['in-memory', 'durable'])(
  'when another has changed what it keeps, it is asked again, and nothing is lost (%s)',
  async (busName) => {
    const bus = open(busName);
    let calls = 0;
    bus.subscribe({
      name: 'counting',
      handles: '*',
      async handle(_, { load, keep }) {
        const { value, version } = await load('all');
        calls++;
        // The others go on meanwhile.
        if (calls === 1) await nextTurn();
        keep('all', ((value as number | undefined) ?? 0) + 1, version);
      },
    });

    await bus.publish([first, second, third]);
    await bus.settle();

    expect(calls).toBeGreaterThan(3);
    expect((await bus.states.find('counting', 'all')).value).toBe(3);
    await bus.close();
  },
);

test('no more of them are begun in a turn than may be in hand: timers and sockets have theirs', async () => {
  const handled: string[] = [];
  const executor = new KeyedExecutor<{ readonly subject: string }>({
    concurrency: 2,
    handle: ({ subject }) => void handled.push(subject),
    onKeyIdle: () => {},
  });

  for (const subject of ['a', 'b', 'a', 'c', 'd']) executor.put({ subject });
  const turns: number[] = [];
  while (!executor.isIdle && turns.length < 10) {
    await nextTurn();
    turns.push(handled.length);
  }

  expect(handled).toEqual(['a', 'b', 'a', 'c', 'd']);
  expect(turns).toEqual([2, 4, 5]);
});
