import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LowWatermark } from '../../../src/bus/durable/low-watermark.ts';
import { PausedKeys } from '../../../src/bus/durable/paused-keys.ts';
import { RecentMessagesCache } from '../../../src/bus/durable/recent-messages-cache.ts';
import { Outage } from '../../../src/bus/outage.ts';
import { InFlightCounter, VirtualClock } from '../../../src/kernel/index.ts';
import { closedGate, manyTurns } from '../../support/bus.ts';
import { eventMaker } from '../../support/events.ts';
import { recordingLogger } from '../../support/recording-logger.ts';

/** Positions as one who reads the log takes and finishes them: mostly ascending, finished in any order. */
const lives = fc.array(fc.record({ position: fc.integer({ min: 1, max: 5000 }), isDone: fc.boolean() }), {
  maxLength: 3000,
});

test('the lowest position that is not done with is known, whatever comes and goes', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const undone = new LowWatermark();
      const model = new Set<number>();
      for (const [index, { position, isDone }] of life.entries()) {
        if (isDone) {
          undone.delete(position);
          model.delete(position);
        } else if (!model.has(position)) {
          undone.add(position);
          model.add(position);
        }
        if (index % 10 === 0) expect(undone.lowest()).toBe(lowestOf(model));
      }
      expect(undone.lowest()).toBe(lowestOf(model));
    }),
    { seed: 1, numRuns: 100 },
  );
});

const lowestOf = (positions: ReadonlySet<number>): number | undefined =>
  positions.size === 0 ? undefined : [...positions].reduce((one, other) => Math.min(one, other));

// The time-out is the claim: looking through all that was ever taken would take far longer.
test('one that stays undone makes nothing slower behind it', { timeout: 5000 }, () => {
  const undone = new LowWatermark();
  undone.add(1);

  let wasAlwaysLowest = true;
  for (let position = 2; position < 1_000_000; position++) {
    undone.add(position);
    undone.delete(position);
    wasAlwaysLowest &&= undone.lowest() === 1;
  }

  expect(wasAlwaysLowest).toBe(true);
});

test('the newest messages are at hand, as long as none of them is missing', () => {
  const make = eventMaker();
  const messages = Array.from({ length: 10 }, () => make.registered('kim'));
  const tail = new RecentMessagesCache(100);
  for (const [index, message] of messages.entries()) tail.add(index + 1, message);

  expect(tail.between(0, 10)).toEqual(messages);
  expect(tail.between(3, 5)).toEqual(messages.slice(3, 5));
  expect(tail.between(10, 10)).toEqual([]);
  expect(tail.between(5, 11)).toBeUndefined();
});

test('a gap in the log makes a new beginning, and what comes late is left out', () => {
  const make = eventMaker();
  const [one, five, six, late] = [1, 5, 6, 4].map(() => make.registered('kim'));
  if (!one || !five || !six || !late) throw new Error('four were made');
  const tail = new RecentMessagesCache(100);
  tail.add(1, one);
  tail.add(5, five);
  tail.add(6, six);
  tail.add(4, late);
  tail.add(5, late);

  expect(tail.between(4, 6)).toEqual([five, six]);
  expect(tail.between(0, 1)).toBeUndefined();
  expect(tail.between(3, 6)).toBeUndefined();
});

test('no more than twice as many messages are kept as asked for, the newest', () => {
  const make = eventMaker();
  const messages = Array.from({ length: 1000 }, () => make.registered('kim'));
  const tail = new RecentMessagesCache(10);
  for (const [index, message] of messages.entries()) tail.add(index + 1, message);

  expect(tail.between(990, 1000)).toEqual(messages.slice(-10));
  expect(tail.between(979, 1000)).toBeUndefined();
});

test('a paused subject is read by one at a time, however often its turn comes', async () => {
  const gate = closedGate();
  const inFlight = new InFlightCounter();
  const reads: number[] = [];
  const paused: PausedKeys = new PausedKeys({
    async read(subject, from) {
      reads.push(from);
      await gate.opened;
      paused.leave(subject);
      return true;
    },
    onOutage: () => {},
    inFlight,
  });
  paused.pause('kim', 7);

  paused.resume('kim');
  paused.resume('kim');
  paused.resume('lee');
  await manyTurns();
  expect(reads).toEqual([7]);
  expect(inFlight.count).toBe(1);
  gate.open();
  await manyTurns();

  expect(inFlight.count).toBe(0);
  expect(paused.isEmpty).toBe(true);
  expect(paused.lowest).toBe(Number.POSITIVE_INFINITY);
});

test('an outage that many notice is one line of the log, and is looked into again once', async () => {
  const logger = recordingLogger();
  const clock = new VirtualClock(0);
  let tries = 0;
  const outage: Outage = new Outage({
    clock,
    logger,
    tryAgain() {
      tries++;
      outage.clear();
    },
  });

  for (const name of ['reader', 'writer', 'another']) outage.note(new Error(`the ${name} is stuck`));
  expect(logger.lines).toHaveLength(1);
  expect(outage.isThere).toBe(true);
  await clock.advanceTo(60_000, async () => {});

  expect(tries).toBe(1);
  expect(outage.isThere).toBe(false);
});
