import type { EventBus } from '../../bus/index.ts';
import type { Datastore, Stores } from '../../datastore/index.ts';
import type { Channel, SendContext } from '../../delivery/index.ts';
import type { MessageMap } from '../../events/index.ts';
import { type Fate, ProcessDiedError } from './fate.ts';

/**
 * The same datastore, as long as the process lives that uses it: every method is an operation, and a
 * transaction is one around those in it. What was committed stays, what was not is rolled back, and the right
 * to consume is given back, as the operating system would.
 */
export function mortalDatastore(datastore: Datastore, fate: Fate): Datastore {
  return {
    ...mortalStores(datastore, fate),
    statistics: mortal(datastore.statistics, fate),
    isEmpty: () => fate.operation(() => datastore.isEmpty()),
    transaction: (work) =>
      fate.operation(() =>
        datastore.transaction(async (stores) => {
          const result = await work(mortalStores(stores, fate));
          // Whatever else the process was at when it died, it did not live to commit this.
          if (fate.isDead) throw new ProcessDiedError();
          return result;
        }),
      ),
    claimConsumption: () =>
      fate.operation(async () => {
        const release = await datastore.claimConsumption();
        fate.atDeath(release);
        return release;
      }),
    close: () => datastore.close(),
  };
}

/** The same bus, as long as the process lives that uses it: to publish is an operation. */
export function mortalBus<Map extends MessageMap>(bus: EventBus<Map>, fate: Fate): EventBus<Map> {
  return {
    capabilities: bus.capabilities,
    publish: (messages) => fate.operation(() => bus.publish(messages)),
    subscribe: (subscriber) => bus.subscribe(subscriber),
    settle: () => bus.settle(),
    deadLetters: () => bus.deadLetters(),
    close: () => bus.close(),
  };
}

/**
 * The same channel, as long as the process lives that uses it. What the provider has, it keeps; what was still
 * on its way never arrives.
 */
export function mortalChannel(channel: Channel, fate: Fate): Channel {
  return {
    name: channel.name,
    templates: channel.templates,
    send: (message, context) => fate.operation(() => channel.send(message, new MortalContext(context, fate))),
  };
}

/** Nothing waits on the clock of a dead process. */
class MortalContext implements SendContext {
  readonly #context: SendContext;
  readonly #fate: Fate;

  constructor(context: SendContext, fate: Fate) {
    this.#context = context;
    this.#fate = fate;
  }

  get idempotencyKey(): string {
    return this.#context.idempotencyKey;
  }

  get signal(): AbortSignal {
    return this.#context.signal;
  }

  readonly wait = (ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#fate.atDeath(() => reject(new ProcessDiedError()));
      this.#context.wait(ms).then(resolve, reject);
    });
}

function mortalStores(stores: Stores, fate: Fate): Stores {
  const entries = Object.entries(stores).filter(([, store]) => typeof store === 'object');
  return Object.fromEntries(entries.map(([name, store]) => [name, mortal(store, fate)])) as unknown as Stores;
}

/** Every method is an operation, and so is every page of one that answers in pages. */
function mortal<Store extends object>(store: Store, fate: Fate): Store {
  const methods = Object.entries(store).map(([name, method]) => {
    const ask = (...args: unknown[]): unknown => method.apply(store, args);
    if (name === 'pages') return [name, (...args: unknown[]) => mortalPages(ask(...args), fate)];
    return [name, (...args: unknown[]) => fate.operation(async () => ask(...args))];
  });
  return Object.fromEntries(methods);
}

async function* mortalPages(pages: unknown, fate: Fate): AsyncGenerator<unknown> {
  const iterator = (pages as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  for (;;) {
    const page = await fate.operation(() => iterator.next());
    if (page.done === true) return;
    yield page.value;
  }
}
