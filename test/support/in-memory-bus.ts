import { InMemoryEventBus, type InMemoryEventBusOptions } from '../../src/bus/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { VirtualClock } from '../../src/kernel/index.ts';
import { aDatastore } from './a-datastore.ts';
import { type BusHarness, playedOut, type ShopBus } from './bus.ts';
import { eventMaker, eventsBeginAtMs } from './events.ts';

type Options = Partial<InMemoryEventBusOptions<typeof shopEvents>>;

/** The in-memory bus in a harness; `alter` may put something before it. */
export async function inMemoryHarness(
  options: Options = {},
  alter: (bus: ShopBus) => ShopBus = (bus) => bus,
): Promise<BusHarness> {
  const clock = new VirtualClock(eventsBeginAtMs);
  const openBus = (): ShopBus => alter(new InMemoryEventBus({ catalogue: shopEvents, clock, ...options }));
  const bus = openBus();
  return {
    bus,
    clock,
    make: eventMaker(clock),
    datastore: aDatastore(),
    maxAttempts: 1,
    finish: () => playedOut(clock, () => bus.settle()),
    restart: async () => openBus(),
  };
}
