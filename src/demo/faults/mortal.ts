import type { Datastore, Stores } from '../../datastore/index.ts';
import type { Channel } from '../../delivery/index.ts';
import type { Fate } from './fate.ts';

/** The same datastore, as long as the process lives that uses it. What was committed before stays. */
export function mortalDatastore(datastore: Datastore, fate: Fate): Datastore {
  return {
    ...datastore,
    ...mortalStores(datastore, fate),
    isEmpty: () => fate.operation(() => datastore.isEmpty()),
    transaction: (work) =>
      fate.operation(() =>
        datastore.transaction(async (stores) => {
          const result = await work(mortalStores(stores, fate));
          // A process that dies before the commit leaves nothing.
          if (fate.isDead) throw new Error('nothing is committed any more');
          return result;
        }),
      ),
  };
}

/** The same channel, as long as the process lives that uses it. What the provider has, it keeps. */
export function mortalChannel(channel: Channel, fate: Fate): Channel {
  return {
    name: channel.name,
    templates: channel.templates,
    send: (message, context) => fate.operation(() => channel.send(message, context)),
  };
}

function mortalStores(stores: Stores, fate: Fate): Stores {
  const entries = Object.entries(stores).filter(([, store]) => typeof store === 'object');
  return Object.fromEntries(entries.map(([name, store]) => [name, mortal(store, fate)])) as unknown as Stores;
}

/** Every method that answers with a promise is an operation. */
function mortal<Store extends object>(store: Store, fate: Fate): Store {
  return new Proxy(store, {
    get(target, key) {
      const method = Reflect.get(target, key) as unknown;
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        const answer = (): unknown => method.apply(target, args);
        return key === 'pages' ? answer() : fate.operation(async () => answer());
      };
    },
  });
}
