import { expect, onTestFinished, test, vi } from 'vitest';
import type { Channel } from '../../src/delivery/index.ts';
import { execute } from '../../src/services/index.ts';
import { stockSampleShop } from '../../src/shop/sample-shop.ts';
import { createWorld, type WorldOptions } from '../../src/shop/world.ts';
import { recordingLogger } from '../support/recording-logger.ts';

const mistaken: Channel = {
  name: 'chat',
  templates: 'sms',
  endpointOf: () => undefined,
  async send({ content }) {
    return (content as unknown as { nothing: { id: { id: string } } }).nothing.id;
  },
};

/** What stands on stderr after orders of somebody who is reached by chat have shipped. */
async function shipOrders(options: Partial<WorldOptions>): Promise<string[]> {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  onTestFinished(() => void vi.restoreAllMocks());
  const world = createWorld({ startMs: 0, channels: [mistaken], ...options });
  onTestFinished(() => world.close());
  await stockSampleShop(world.datastore);
  await world.architecture.start();
  const kim = { customerId: 'kim', name: 'Kim', email: 'kim@example.com', segment: 'gold' };
  const home = { locale: 'en', timeZone: 'UTC' };
  const chat = { addresses: { chat: '@kim' }, preferences: { order_updates: { chat: true } } };
  const give = (service: string, command: string, data: object) =>
    execute(world.architecture.services, { service, command, data } as never);
  await give('accounts', 'registerCustomer', { ...kim, ...home, ...chat });
  for (const orderId of ['one', 'two', 'three']) {
    const lineItems = [{ lineItemId: `${orderId}-1`, productId: 'helmet', quantity: 1 }];
    await give('ordering', 'placeOrder', { orderId, customerId: 'kim', lineItems });
  }
  await world.finish();
  return written;
}

test('its author is told once which line it is', async () => {
  const [told, ...more] = await shipOrders({});

  expect(told).toMatch(
    /^chat: the channel's own code fails: see the dead letters \(TypeError at a-channel-with-a-mistake\.test\.ts:\d+:\d+\)\n$/,
  );
  expect(more).toEqual([]);
});

test('whoever has a log reads it there', async () => {
  const logger = recordingLogger();

  expect(await shipOrders({ logger })).toEqual([]);
  expect(logger.lines.filter((line) => line.includes('own code fails'))).toHaveLength(1);
});
