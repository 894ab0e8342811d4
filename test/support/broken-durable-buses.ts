import { type ConsumptionBatch, type ConsumptionStore, nothingConsumed } from '../../src/datastore/index.ts';
import { type Clock, intercept } from '../../src/kernel/index.ts';
import type { ShopBus, ShopSubscriber } from './bus.ts';
import { alterConsumption, type DurableHarness, durableHarness } from './durable-bus.ts';

/** Each makes a durable bus with one defect; the contract suite must notice every one. */
export type DurableBreakage = () => Promise<DurableHarness>;

/** Nothing is wrong with this one. */
export const unbrokenButWrapped: DurableBreakage = () =>
  durableHarness(
    {},
    alterConsumption(() => ({})),
  );

/** Whatever is published counts as handled at once. */
export function handledWhenPublished(store: ConsumptionStore): Partial<ConsumptionStore> {
  const subscribers: string[] = [];
  return {
    async enter(subscriber) {
      subscribers.push(subscriber);
      await store.enter(subscriber);
    },
    async commit(group) {
      const committed = await store.commit(group);
      const position = await store.head();
      const progress = subscribers.map((subscriber) => {
        return { subscriber, position, ahead: [], passesAhead: false };
      });
      await store.commit({ ...nothingConsumed, progress });
      return committed;
    },
  };
}

export const checkpointsBeforeHandling: DurableBreakage = () =>
  durableHarness({}, alterConsumption(handledWhenPublished));

/** What was acknowledged is not remembered. */
export const forgetsItsCheckpoints: DurableBreakage = () =>
  durableHarness({}, alterConsumption(changeGroups((group) => ({ ...group, progress: [] }))));

/** A failed message is not kept for its next attempt. */
export const forgetsItsRetries: DurableBreakage = () =>
  durableHarness({}, alterConsumption(changeGroups((group) => ({ ...group, retries: [] }))));

/** A message that was tried often enough is gone. */
export const losesItsDead: DurableBreakage = () =>
  durableHarness({}, alterConsumption(changeGroups((group) => ({ ...group, dead: [] }))));

export const dropsDeadLettersOnRedrive: DurableBreakage = () =>
  durableHarness(
    {},
    alterConsumption((store) => ({ redrive: (id) => store.discard(id) })),
  );

/** Some waits are half as long again as the longest that was promised. */
export const jittersBeyondTheCap: DurableBreakage = () =>
  durableHarness({}, ({ random, ...ports }) => {
    return { ...ports, random: { ...random, next: () => random.next() * 1.5 } };
  });

/** A failed message waits for its next attempt where it stands, before those behind it. */
export const blocksBehindARetry: DurableBreakage = async () => {
  const harness = await durableHarness();
  return { ...harness, bus: waitingInHand(harness.bus, harness.clock) as DurableHarness['bus'] };
};

const changeGroups =
  (change: (group: ConsumptionBatch) => ConsumptionBatch): Parameters<typeof alterConsumption>[0] =>
  (store) => ({ commit: (group) => store.commit(change(group)) });

function waitingInHand(bus: ShopBus, clock: Clock): ShopBus {
  const waiting = (subscriber: ShopSubscriber): ShopSubscriber => ({
    name: subscriber.name,
    handles: subscriber.handles,
    async handle(message, context) {
      try {
        await subscriber.handle(message, context);
      } catch (thrown) {
        await new Promise<void>((resolve) => clock.schedule(clock.now() + 1000, resolve));
        throw thrown;
      }
    },
  });
  return intercept(bus, {
    instead: {
      subscribe: (subscriber) => bus.subscribe(waiting(subscriber as unknown as ShopSubscriber)),
    },
  });
}
