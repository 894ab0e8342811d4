import { onTestFinished } from 'vitest';
import { openDatastore } from '../../../src/datastore/index.ts';
import { crashInjection } from '../../../src/lab/faults/crash-injection.ts';
import { CrashPoint } from '../../../src/lab/faults/crash-point.ts';
import { type Command, execute } from '../../../src/services/index.ts';
import { stockSampleShop } from '../../../src/shop/index.ts';
import { createWorld, type World, type WorldOptions } from '../../../src/shop/world.ts';

const noonMs = Date.parse('2026-03-02T12:00:00Z');

export const shipOrder: Command = {
  service: 'ordering',
  command: 'shipOrder',
  data: { orderId: 'ord-1001' },
};

export interface TwoProcesses {
  readonly world: World;
  readonly crashPoint: CrashPoint;
  /** The first process is dead: starts the next one on the same datastore, and waits until nothing is left to do. */
  startNext(): Promise<World>;
}

type Shop = Pick<WorldOptions, 'architecture' | 'bus' | 'delivery' | 'interceptors'>;

/** The sample shop at noon, in a process that can die. */
export async function openTwoProcesses(
  shop: Shop,
  interceptors?: (crashPoint: CrashPoint) => NonNullable<WorldOptions['interceptors']>,
): Promise<TwoProcesses> {
  const datastore = openDatastore();
  onTestFinished(() => datastore.close());
  await stockSampleShop(datastore);
  // Who subscribes has been there before.
  const earlier = createWorld({ ...shop, datastore, startMs: noonMs, seed: 1 });
  await earlier.architecture.start();
  await earlier.architecture.settle();
  await earlier.close();

  const crashPoint = new CrashPoint();
  const around = interceptors?.(crashPoint);
  const world = createWorld({
    ...shop,
    datastore,
    startMs: noonMs,
    seed: 2,
    process: crashInjection(crashPoint),
    ...(around && { interceptors: around }),
  });
  await world.architecture.start();
  return {
    world,
    crashPoint,
    async startNext() {
      const next = createWorld({ ...shop, datastore, startMs: world.clock.now(), seed: 3 });
      await next.architecture.start();
      await next.finish();
      onTestFinished(() => next.close());
      return next;
    },
  };
}

/** Gives the command, and dies when its caller has the answer. */
async function dieAfter(command: Command, { world, crashPoint }: TwoProcesses): Promise<void> {
  await execute(world.architecture.services, command);
  crashPoint.die();
  await crashPoint.died;
}

/** An order ships and its process dies; what the customers have been told when the next one has done all it can. */
export async function toldAfterDeath(shop: Shop) {
  const processes = await openTwoProcesses(shop);
  await dieAfter(shipOrder, processes);
  return toldBy(await processes.startNext());
}

/** What the customers have been told, and how their order stands. */
export async function toldBy({ datastore }: World) {
  const { sent } = await datastore.ledger.counts();
  return { status: (await datastore.orders.find('ord-1001'))?.status, sent };
}
