import type { EventBus } from '../../../../bus/index.ts';
import type { Message, MessageOf, ShopEvents } from '../../../../events/index.ts';
import { type Clock, intercept } from '../../../../kernel/index.ts';
import type { Interceptors } from '../../../../shop/index.ts';
import { watchedOrderId } from './shop-day.ts';

type Bus = EventBus<ShopEvents>;

/** A world as it is, but for some of its parts. */
export const onlyAround = (parts: Partial<Interceptors>): Interceptors => ({
  clock: (clock) => clock,
  datastore: (datastore) => datastore,
  bus: (bus) => bus,
  channel: (channel) => channel,
  services: (services) => services,
  part: (_name, part) => part,
  ...parts,
});

const publishingBy = (bus: Bus, publish: Bus['publish']): Bus => intercept(bus, { instead: { publish } });

/** As of a source that did not hear that its message was taken. */
export const repeating = (bus: Bus, clock: Clock, afterMs: number): Bus =>
  publishingBy(bus, async (messages) => {
    await bus.publish(messages);
    const again = messages.filter(isOfShop);
    if (again.length > 0) clock.schedule(clock.now() + afterMs, () => void bus.publish(again));
  });

/** Keeps the events of the one order until all are there, and lets them go in another order. */
export function shuffling(bus: Bus, order: readonly number[]): Bus {
  const held: MessageOf<ShopEvents>[] = [];
  return publishingBy(bus, async (messages) => {
    const isHeld = (message: MessageOf<ShopEvents>): boolean =>
      isOfShop(message) && message.subject === watchedOrderId;
    held.push(...messages.filter(isHeld));
    const passing = messages.filter((message) => !isHeld(message));
    if (passing.length > 0) await bus.publish(passing);
    if (held.length < order.length) return;
    const released = held.splice(0);
    await bus.publish(order.flatMap((index) => released[index] ?? []));
  });
}

export const isOfShop = ({ source }: Pick<Message, 'source'>): boolean => source.startsWith('/services/');
