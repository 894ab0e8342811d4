import { inject, onTestFinished } from 'vitest';
import { type Broker, openBroker, RedisEventBus, type RedisEventBusOptions } from '../../src/bus/index.ts';
import { shopEvents } from '../../src/events/index.ts';
import { defaultRetryPolicy, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { aDatastore } from './a-datastore.ts';
import { type BusHarness, playedOut } from './bus.ts';
import { mortal } from './durable-bus.ts';
import { eventMaker, eventsBeginAtMs } from './events.ts';

export type ShopRedisBus = RedisEventBus<typeof shopEvents>;
type Options = Partial<RedisEventBusOptions<typeof shopEvents>> & { readonly url?: string };

/** The bus at a broker that outlives it, in virtual time, in a process that can die. */
export interface RedisHarness extends BusHarness {
  readonly bus: ShopRedisBus;
  readonly broker: Broker;
  restart(): Promise<ShopRedisBus>;
}

let prefixes = 0;

/** What a dead process held is taken over so soon, in real milliseconds, that a test can wait for it; of one that lives, never. */
const takeOverMs = { fromTheDead: 60, fromTheLiving: 6000 };

export async function redisHarness({
  url = inject('redis'),
  ...options
}: Options = {}): Promise<RedisHarness> {
  if (url === undefined) throw new Error('there is no redis-server here');
  const prefix = `test-${process.pid}-${++prefixes}`;
  const clock = new VirtualClock(eventsBeginAtMs);
  const retry = { ...defaultRetryPolicy, ...options.retry };
  const start = async (ofWhom: keyof typeof takeOverMs) => {
    const life = mortal(clock);
    const broker = await openBroker(url, prefix);
    const ports = { catalogue: shopEvents, clock: life.clock, broker, random: seededRandom(1) };
    const bus = new RedisEventBus({ ...ports, takeOverMs: takeOverMs[ofWhom], ...options });
    const die = (): void => {
      life.end();
      broker.destroy();
    };
    onTestFinished(die);
    return { bus, broker, die };
  };
  const first = await start('fromTheLiving');
  let running = first;
  return {
    ...first,
    clock,
    make: eventMaker(clock),
    datastore: aDatastore(),
    another: async () => (await start('fromTheLiving')).bus,
    maxAttempts: retry.maxAttempts,
    retry,
    finish: () => playedOut(clock, () => running.bus.settle()),
    async restart() {
      running.die();
      running = await start('fromTheDead');
      return running.bus;
    },
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Undefined where no test needs one. */
    redis: string | undefined;
  }
}
