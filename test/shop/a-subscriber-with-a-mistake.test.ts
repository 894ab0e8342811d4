import { afterEach, expect, test, vi } from 'vitest';
import { captureEmail } from '../../src/delivery/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { createShop, type ShopOptions } from '../../src/shop/index.ts';
import { recordingLogger } from '../support/recording-logger.ts';

afterEach(() => void vi.restoreAllMocks());

/** What stands on stderr after two customers have registered, and a subscriber has failed on both. */
async function register(fail: () => void, options: Partial<ShopOptions> = {}): Promise<string[]> {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const clock = new VirtualClock(0);
  const shop = await createShop({ clock, channels: [captureEmail({ clock })], ...options });
  shop.bus.subscribe({ name: 'mine', handles: ['CustomerRegistered'], handle: async () => fail() });
  await shop.start();
  for (const customerId of ['kim', 'lee'])
    await shop.services.accounts.registerCustomer({
      customerId,
      name: customerId,
      email: `${customerId}@example.com`,
      segment: 'gold',
      locale: 'en',
      timeZone: 'UTC',
    });
  await shop.settle();
  await clock.advanceTo(60_000, () => shop.settle());
  expect(await shop.bus.deadLetters()).toHaveLength(2);
  await shop.close();
  return written;
}

const mistake = (): void => void (undefined as unknown as { name: string }).name.length;

test.each(['in-memory', 'durable'] as const)(
  'its author is told once which line it is, %s bus',
  async (bus) => {
    const [told, ...more] = await register(mistake, { bus });

    expect(told).toMatch(
      /^mine: its own code fails, and CustomerRegistered is a dead letter \(TypeError at a-subscriber-with-a-mistake\.test\.ts:\d+:\d+\)\n$/,
    );
    expect(more).toEqual([]);
  },
);

test('trouble of the world is nobody’s mistake: it is a dead letter alone', async () => {
  const trouble = (): void => {
    throw new Error('the warehouse is closed (10:15:30)');
  };

  expect(await register(trouble)).toEqual([]);
});

test('whoever has a log reads it there', async () => {
  const logger = recordingLogger();

  expect(await register(mistake, { logger })).toEqual([]);
  expect(
    logger.lines.filter((line) =>
      /dead letter.*TypeError at a-sub|TypeError at a-sub.*dead letter/.test(line),
    ),
  ).toHaveLength(2);
});
