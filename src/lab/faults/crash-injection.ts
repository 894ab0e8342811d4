import type { EventBus } from '../../bus/index.ts';
import type { Datastore, Stores } from '../../datastore/index.ts';
import type { Channel, SendContext } from '../../delivery/index.ts';
import type { MessageMap } from '../../events/index.ts';
import type { ProcessInterceptor } from '../../shop/index.ts';
import { type CrashPoint, ProcessDiedError } from './crash-point.ts';

/** The process that a world lives in, as long as the crash point lets it; its datastore and providers outlive it. */
export function crashInjection(crashPoint: CrashPoint): ProcessInterceptor {
  return {
    datastore: (datastore) => crashingDatastore(datastore, crashPoint),
    bus: (bus) => crashingBus(bus, crashPoint),
    channel: (channel) => crashingChannel(channel, crashPoint),
    get isDead() {
      return crashPoint.isDead;
    },
    throwIfDead() {
      if (crashPoint.isDead) throw new ProcessDiedError();
    },
  };
}

/**
 * The same datastore, as long as the process lives that uses it: every method is an operation, and a
 * transaction is one around those in it. What was committed stays, what was not is rolled back, and the right
 * to consume is given back, as the operating system would.
 */
function crashingDatastore(datastore: Datastore, crashPoint: CrashPoint): Datastore {
  return {
    ...crashingStores(datastore, crashPoint),
    copyTo: (file) => crashPoint.operation(() => datastore.copyTo(file)),
    isEmpty: () => crashPoint.operation(() => datastore.isEmpty()),
    transaction: (work) =>
      crashPoint.operation(() =>
        datastore.transaction(async (stores) => {
          const result = await work(crashingStores(stores, crashPoint));
          // Whatever else the process was at when it died, it did not live to commit this.
          if (crashPoint.isDead) throw new ProcessDiedError();
          return result;
        }),
      ),
    claimConsumption: () =>
      crashPoint.operation(async () => {
        const release = await datastore.claimConsumption();
        crashPoint.atDeath(release);
        return release;
      }),
    purge: () => crashPoint.operation(() => datastore.purge()),
    close: () => datastore.close(),
  };
}

/** The same bus, as long as the process lives that uses it: to publish is an operation. */
function crashingBus<Map extends MessageMap>(bus: EventBus<Map>, crashPoint: CrashPoint): EventBus<Map> {
  return {
    capabilities: bus.capabilities,
    inFlight: bus.inFlight,
    publish: (messages) => crashPoint.operation(() => bus.publish(messages)),
    subscribe: (subscriber) => bus.subscribe(subscriber),
    settle: () => bus.settle(),
    deadLetters: () => bus.deadLetters(),
    redrive: (id) => bus.redrive(id),
    discard: (id) => bus.discard(id),
    close: () => bus.close(),
  };
}

/**
 * The same channel, as long as the process lives that uses it. What the provider has, it keeps; what was still
 * on its way never arrives.
 */
function crashingChannel(channel: Channel, crashPoint: CrashPoint): Channel {
  return {
    name: channel.name,
    templates: channel.templates,
    ...(channel.endpointOf && { endpointOf: (to: string) => channel.endpointOf?.(to) }),
    send: (message, context) =>
      crashPoint.operation(() => channel.send(message, new CrashingContext(context, crashPoint))),
  };
}

/** Nothing waits on the clock of a dead process. */
class CrashingContext implements SendContext {
  readonly #context: SendContext;
  readonly #crashPoint: CrashPoint;

  constructor(context: SendContext, crashPoint: CrashPoint) {
    this.#context = context;
    this.#crashPoint = crashPoint;
  }

  get idempotencyKey(): string {
    return this.#context.idempotencyKey;
  }

  get signal(): AbortSignal {
    return this.#context.signal;
  }

  readonly wait = (ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      this.#crashPoint.atDeath(() => reject(new ProcessDiedError()));
      this.#context.wait(ms).then(resolve, reject);
    });
}

/** Wrapped when it is asked for: of all stores, a transaction uses two or three, and of their methods as many. */
function crashingStores<Some extends Stores>(stores: Some, crashPoint: CrashPoint): Some {
  return onDemand(stores, (store) =>
    typeof store === 'object' && store !== null ? crashing(store, crashPoint) : store,
  );
}

/** Every method is an operation, and so is every page of one that answers in pages. */
function crashing<Store extends object>(store: Store, crashPoint: CrashPoint): Store {
  return onDemand(store, (method, name) => {
    if (typeof method !== 'function') return method;
    const ask = (...args: unknown[]): unknown => method.apply(store, args);
    if (name === 'pages') return (...args: unknown[]) => crashingPages(ask(...args), crashPoint);
    return (...args: unknown[]) => crashPoint.operation(async () => ask(...args));
  });
}

function onDemand<Target extends object>(
  target: Target,
  wrap: (value: unknown, name: string | symbol) => unknown,
): Target {
  const wrapped = new Map<string | symbol, unknown>();
  return new Proxy(target, {
    get(_, name) {
      if (!wrapped.has(name)) wrapped.set(name, wrap(Reflect.get(target, name), name));
      return wrapped.get(name);
    },
  });
}

async function* crashingPages(pages: unknown, crashPoint: CrashPoint): AsyncGenerator<unknown> {
  const iterator = (pages as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  for (;;) {
    const page = await crashPoint.operation(() => iterator.next());
    if (page.done === true) return;
    yield page.value;
  }
}
