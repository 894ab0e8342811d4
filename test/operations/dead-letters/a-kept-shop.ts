import { openDatastore } from '../../../src/datastore/index.ts';
import type { Faults } from '../../../src/delivery/index.ts';
import { deadLettersCommand } from '../../../src/demo/commands/dead-letters.ts';
import type { MessageOf, ShopEvents } from '../../../src/events/index.ts';
import { defaultRetryPolicy } from '../../../src/kernel/index.ts';
import { stockSampleShop } from '../../../src/shop/index.ts';
import { createWorld, type World, type WorldOptions } from '../../../src/shop/world.ts';
import { runHere } from '../../support/command-line.ts';
import { temporaryFile } from '../../support/temporary-file.ts';

export const openedAtMs = Date.parse('2026-03-02T10:00:00Z');

export interface KeptShopOptions extends Pick<WorldOptions, 'architecture' | 'bus'> {
  faults?: Readonly<Record<string, Faults>>;
  /** Left out: it is closed without moving the clock. */
  untilDone?: boolean;
}

/** The sample shop on a file, on the durable bus, after `story`. */
export async function keepShop(
  story: (world: World) => Promise<void>,
  { untilDone = true, bus = 'durable', ...options }: KeptShopOptions = {},
): Promise<string> {
  const file = temporaryFile('shop.db');
  const datastore = openDatastore({ file });
  await stockSampleShop(datastore);
  // Without a breaker, which would hold back one order for the failures of another.
  const delivery = { breaker: { failureThreshold: 1000 }, retry: defaultRetryPolicy };
  const world = createWorld({ ...options, bus, datastore, delivery, startMs: openedAtMs });
  await world.architecture.start();
  await story(world);
  await (untilDone ? world.finish() : world.architecture.settle());
  await world.close();
  await datastore.close();
  return file;
}

export const ship =
  (...orderIds: readonly string[]) =>
  async ({ architecture }: World): Promise<void> => {
    for (const orderId of orderIds) await architecture.services.ordering.shipOrder({ orderId });
  };

/** That this order was placed, whether there is one or not. */
export function placed({ ids, clock }: World, orderId: string): MessageOf<ShopEvents, 'OrderStatusChanged'> {
  const id = ids.next();
  return {
    id,
    type: 'OrderStatusChanged',
    source: '/services/ordering',
    subject: orderId,
    time: new Date(clock.now()).toISOString(),
    correlationId: id,
    causationId: id,
    schemaVersion: 2,
    data: {
      orderId,
      customerId: 'gina',
      previousStatus: null,
      status: 'placed',
      reason: null,
      lineItems: null,
    },
  };
}

const down: Faults = { failureRate: 1 };

/**
 * While the mail provider was down, the orders of Ada and Dev were shipped: two dead letters. And of an order that
 * nobody knows it was said that it was placed: a third.
 */
export const shopWithDeadLetters = (options: KeptShopOptions = {}): Promise<string> =>
  keepShop(
    async (world) => {
      for (const orderId of ['ord-1001', 'ord-1004']) {
        await ship(orderId)(world);
        await world.finish();
      }
      await world.bus.publish([placed(world, 'ord-9999')]);
    },
    { faults: { email: down }, ...options },
  );

export const adasLetter = 'order-shipped:ord-1001:ada:email';
export const devsLetter = 'order-shipped:ord-1004:dev:email';

/** `npm run dead-letters -- …` on a file. */
export const deadLetters = (file: string, ...args: readonly string[]) =>
  runHere(deadLettersCommand, ...args, '--data', file);

/** The ids of all dead letters. */
export async function idsIn(file: string): Promise<string[]> {
  const { stdout } = await deadLetters(file, 'list', '--json');
  return JSON.parse(stdout).letters.map(({ id }: { id: string }) => id);
}
