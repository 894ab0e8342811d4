import { expect, test } from 'vitest';
import { idsOf, recorder } from '../support/bus.ts';
import { durableHarness } from '../support/durable-bus.ts';
import { inMemoryHarness } from '../support/in-memory-bus.ts';

const bad = [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY];

test.each(bad)('no bus hands out %s messages at a time', async (concurrency) => {
  await expect(inMemoryHarness({ concurrency })).rejects.toMatchObject({ code: 'bad_bus_setting' });
  await expect(durableHarness({ concurrency })).rejects.toMatchObject({ code: 'bad_bus_setting' });
});

test.each(bad.slice(1))('no bus keeps %s dead letters, nor remembers so many ids', async (count) => {
  await expect(inMemoryHarness({ deadLetterCapacity: count })).rejects.toMatchObject({
    code: 'bad_bus_setting',
  });
  await expect(inMemoryHarness({ remembered: count })).rejects.toMatchObject({ code: 'bad_bus_setting' });
});

test.each([{ maxAttempts: 0 }, { initialDelayMs: -1 }, { backoffMultiplier: 0 }, { maxDelayMs: Number.NaN }])(
  'no bus retries by %o',
  async (retry) => {
    await expect(durableHarness({ retry })).rejects.toMatchObject({ code: 'bad_bus_setting' });
  },
);

test('a bus that remembers nothing takes every repetition for a message of its own', async () => {
  const { bus, make } = await inMemoryHarness({ remembered: 0 });
  const subscriber = recorder('mailer');
  bus.subscribe(subscriber);
  const [kim, lee] = [make.registered('kim'), make.registered('lee')];

  await bus.publish([kim, lee, kim, lee, kim]);
  await bus.settle();

  expect(idsOf(subscriber.handled).sort()).toEqual(idsOf([kim, kim, kim, lee, lee]).sort());
});
