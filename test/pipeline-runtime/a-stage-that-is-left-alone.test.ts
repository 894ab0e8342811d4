import { expect, test } from 'vitest';
import { createMessage } from '../../src/events/index.ts';
import { playOut } from '../../src/pipeline-runtime/index.ts';
import { type ParcelStage, packing, parcelMessages } from './a-pipeline.ts';
import { buses, runningOn } from './two-buses.ts';

const ordersOf = (ports: Parameters<typeof createMessage>[0], count: number) =>
  Array.from({ length: count }, (_, index) =>
    createMessage(ports, parcelMessages.Ordered, { parcel: `p${index}` }),
  );

test.each(buses)(
  'a stage that fails on all of them is left alone, and nothing is lost (%s)',
  async (busName) => {
    let isDown = true;
    let asked = 0;
    const stage: ParcelStage<'Ordered'> = {
      ...packing,
      breaker: { failureThreshold: 3, resetAfterMs: 60_000 },
      retry: { attempts: 1, baseDelayMs: 100, jitter: false },
      concurrency: 1,
      handle(message, context) {
        asked++;
        if (isDown) throw new Error('the machine is down');
        return packing.handle(message, context);
      },
    };
    const { pipeline, clock, ids, beganAtMs } = runningOn(busName, parcelMessages, { stages: [stage] });

    await pipeline.submit(ordersOf({ clock, ids }, 10));
    await playOut(pipeline, clock, { untilMs: beganAtMs + 59_000 });
    expect(asked).toBe(3);
    expect(pipeline.statistics().stages).toMatchObject([{ breaker: 'open', putOff: expect.any(Number) }]);
    isDown = false;
    await playOut(pipeline, clock);

    expect(pipeline.deadLetters()).toEqual([]);
    expect(pipeline.statistics().stages).toMatchObject([
      { emitted: 10, failed: 3, breaker: 'closed', isStopped: false },
    ]);
  },
);

test.each(buses)('a stage is given no more than so many a second (%s)', async (busName) => {
  const handledAtMs: number[] = [];
  const stage: ParcelStage<'Ordered'> = {
    ...packing,
    perSecond: 10,
    handle(message, context) {
      handledAtMs.push(context.nowMs - beganAtMs);
      return packing.handle(message, context);
    },
  };
  const { pipeline, clock, ids, beganAtMs } = runningOn(busName, parcelMessages, { stages: [stage] });

  await pipeline.submit(ordersOf({ clock, ids }, 31));
  await playOut(pipeline, clock);

  expect(handledAtMs).toHaveLength(31);
  expect(handledAtMs.at(-1)).toBeGreaterThanOrEqual(2900);
  expect(handledAtMs.at(-1)).toBeLessThan(3200);
});

test('each stage may have a time limit of its own', async () => {
  const stage: ParcelStage<'Ordered'> = {
    ...packing,
    timeoutMs: 50,
    async handle(message, context) {
      await context.wait(1000);
      return packing.handle(message, context);
    },
  };
  const { pipeline, clock, ids } = runningOn('in-memory', parcelMessages, { stages: [stage] });

  await pipeline.submit(ordersOf({ clock, ids }, 1));
  await playOut(pipeline, clock);

  expect(pipeline.deadLetters()).toMatchObject([
    { error: { code: 'handler_timeout', message: expect.stringContaining('within 50 ms') } },
  ]);
});

test('a stage that keeps no more than one in hand says so', async () => {
  const handled: string[] = [];
  let inHand = 0;
  const stage: ParcelStage<'Ordered'> = {
    ...packing,
    concurrency: 1,
    async handle(message, context) {
      handled.push(`${++inHand} in hand`);
      await context.wait(10);
      inHand--;
      return packing.handle(message, context);
    },
  };
  const { pipeline, clock, ids } = runningOn('in-memory', parcelMessages, { stages: [stage] });

  await pipeline.submit(ordersOf({ clock, ids }, 3));
  await playOut(pipeline, clock);

  expect(handled).toEqual(['1 in hand', '1 in hand', '1 in hand']);
});
