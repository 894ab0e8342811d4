import type { EventBus } from '../../bus/index.ts';
import type { Datastore, Stores } from '../../datastore/index.ts';
import type { Channel, SendContext } from '../../delivery/index.ts';
import type { MessageMap } from '../../events/index.ts';
import { intercept } from '../../kernel/index.ts';
import type { ProcessInterceptor } from '../../shop/index.ts';
import { type CrashPoint, type Leaves, ProcessDiedError } from './crash-point.ts';

/** The process that a world lives in, as long as the crash point lets it; its datastore and providers outlive it. */
export function crashInjection(crashPoint: CrashPoint): ProcessInterceptor {
  return {
    // What its timers ask of the world is refused when it is dead.
    clock: (clock) => clock,
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
const crashingDatastore = (datastore: Datastore, crashPoint: CrashPoint): Datastore =>
  intercept(datastore, {
    within: (_, store) => crashing(store, crashPoint, 'something'),
    around: (_, call) => crashPoint.operation(async () => call(), 'something'),
    instead: {
      transaction: (work) =>
        crashPoint.operation(
          () =>
            datastore.transaction(async (stores) => {
              const result = await work(crashingStores(stores, crashPoint));
              // Whatever else the process was at when it died, it did not live to commit this.
              if (crashPoint.isDead) throw new ProcessDiedError();
              crashPoint.takesEffect();
              return result;
            }),
          'nothing',
        ),
      claimConsumption: () =>
        crashPoint.operation(async () => {
          const release = await datastore.claimConsumption();
          crashPoint.atDeath(release);
          return release;
        }, 'something'),
      close: () => datastore.close(),
    },
  });

/** The same bus, as long as the process lives that uses it: to publish is an operation. What it leaves is in the datastore. */
const crashingBus = <Map extends MessageMap>(bus: EventBus<Map>, crashPoint: CrashPoint): EventBus<Map> =>
  intercept(bus, {
    instead: { publish: (messages) => crashPoint.operation(() => bus.publish(messages), 'nothing') },
  });

/**
 * The same channel, as long as the process lives that uses it. What the provider has, it keeps; what was still
 * on its way never arrives.
 */
const crashingChannel = (channel: Channel, crashPoint: CrashPoint): Channel =>
  intercept(channel, {
    instead: {
      send: (message, context) =>
        crashPoint.operation(() => channel.send(message, crashingContext(context, crashPoint))),
    },
  });

/** Nothing waits on the clock of a dead process. */
const crashingContext = (context: SendContext, crashPoint: CrashPoint): SendContext =>
  intercept(context, {
    instead: {
      wait: (ms) =>
        new Promise((resolve, reject) => {
          crashPoint.atDeath(() => reject(new ProcessDiedError()));
          context.wait(ms).then(resolve, reject);
        }),
    },
  });

const crashingStores = <Some extends Stores>(stores: Some, crashPoint: CrashPoint): Some =>
  intercept(stores, { within: (_, store) => crashing(store, crashPoint, 'nothing') });

/** Of all stores those methods that change nothing; others are taken for what changes something. */
export const reads: ReadonlySet<string> = new Set([
  ...[
    'checkpoint',
    'dueRetries',
    'dueTimers',
    'head',
    'nextDueMs',
    'nextTimerMs',
    'outstanding',
    'read',
    'readSubject',
  ],
  ...[
    'state',
    'states',
    'deadMessage',
    'deadMessages',
    'deadMessagesAfter',
    'find',
    'findMany',
    'recipients',
  ],
  ...['inSegments', 'has', 'hasMany', 'customersWith', 'statuses', 'about', 'areFollowedBy', 'isComplete'],
]);

/** Every method is an operation, and so is every page of one that answers in pages. */
const crashing = <Store extends object>(store: Store, crashPoint: CrashPoint, leaves: Leaves): Store =>
  intercept(store, {
    around: (method, call) =>
      method === 'pages'
        ? crashingPages(call(), crashPoint)
        : crashPoint.operation(async () => call(), reads.has(method) ? 'nothing' : leaves),
  });

async function* crashingPages(pages: unknown, crashPoint: CrashPoint): AsyncGenerator<unknown> {
  const iterator = (pages as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  for (;;) {
    const page = await crashPoint.operation(() => iterator.next(), 'nothing');
    if (page.done === true) return;
    yield page.value;
  }
}
