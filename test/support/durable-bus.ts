import { onTestFinished } from 'vitest';
import { DurableEventBus, type DurableEventBusOptions } from '../../src/bus/index.ts';
import type { ConsumptionStore, Datastore } from '../../src/datastore/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import {
  type Cancel,
  type Clock,
  defaultRetryPolicy,
  seededRandom,
  VirtualClock,
} from '../../src/kernel/index.ts';
import { aPlace, openPlace } from './a-datastore.ts';
import { type BusHarness, playedOut } from './bus.ts';
import { eventMaker, eventsBeginAtMs } from './events.ts';

/** What a durable bus is made of. */
export type DurablePorts = DurableEventBusOptions<typeof shopEvents>;
/** Puts something between a durable bus and its ports. */
export type Alteration = (ports: DurablePorts) => DurablePorts;
export type ShopDurableBus = DurableEventBus<typeof shopEvents>;

/** The durable bus on a datastore that outlives it, in virtual time, in a process that can die. */
export interface DurableHarness extends BusHarness {
  readonly file: string;
  readonly bus: ShopDurableBus;
  readonly datastore: Datastore;
  restart(): Promise<ShopDurableBus>;
}

export async function durableHarness(
  options: Partial<DurablePorts> = {},
  alter: Alteration = (ports) => ports,
): Promise<DurableHarness> {
  const file = await aPlace();
  const clock = new VirtualClock(eventsBeginAtMs);
  const random = seededRandom(1);
  const retry = { ...defaultRetryPolicy, ...options.retry };
  const start = async () => {
    const life = mortal(clock);
    const datastore = await openPlace(file);
    const ports = { catalogue: shopEvents, clock: life.clock, datastore, random, ...options };
    const bus = new DurableEventBus(alter(ports));
    const die = async (): Promise<void> => {
      life.end();
      await datastore.close();
    };
    onTestFinished(die);
    return { bus, datastore, die, ports };
  };
  const first = await start();
  let running = first;
  return {
    file,
    bus: first.bus,
    datastore: first.datastore,
    clock,
    make: eventMaker(clock),
    maxAttempts: retry.maxAttempts,
    retry,
    finish: () => playedOut(clock, () => running.bus.settle()),
    async another() {
      return new DurableEventBus(alter(running.ports));
    },
    async restart() {
      await running.die();
      running = await start();
      return running.bus;
    },
  };
}

/** Replaces methods of the store that the bus works on. */
export const alterConsumption =
  (change: (store: ConsumptionStore) => Partial<ConsumptionStore>): Alteration =>
  (ports) => {
    const { consumption } = ports.datastore;
    const datastore = { ...ports.datastore, consumption: { ...consumption, ...change(consumption) } };
    return { ...ports, datastore };
  };

/** A clock whose timers end with the process that set them. */
export function mortal(clock: Clock): { readonly clock: Clock; end(): void } {
  const timers = new Set<Cancel>();
  let isAlive = true;
  return {
    clock: {
      now: () => clock.now(),
      schedule(atMs, run) {
        if (!isAlive) return () => {};
        const cancel = clock.schedule(atMs, () => {
          timers.delete(cancel);
          run();
        });
        timers.add(cancel);
        return () => {
          timers.delete(cancel);
          cancel();
        };
      },
    },
    end() {
      isAlive = false;
      for (const cancel of timers) cancel();
    },
  };
}
