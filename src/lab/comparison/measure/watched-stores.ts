import type { Datastore, Stores } from '../../../datastore/index.ts';
import { storeNames } from '../../../operations/explain/index.ts';
import type { Arrows } from './arrows.ts';

type MethodsOf<Store> = readonly (keyof Store & string)[];

/** What changes something; all else reads. */
const writers = {
  customers: ['insert', 'update', 'erase'],
  products: ['insert', 'setPrice'],
  carts: ['add', 'remove'],
  orders: ['insert', 'setStatus', 'setLineItem', 'setLineItemStatuses'],
  payments: ['insert'],
  eventLog: ['append'],
  // The bus's own: nobody else touches it, and it is not watched.
  consumption: [],
  shipmentProgress: ['advance', 'forget', 'forgetBefore'],
  suppressions: ['add', 'remove'],
  projections: ['begin', 'save', 'drop', 'write'],
  ledger: ['open', 'record', 'takeDue', 'resumeInterrupted', 'redrive', 'discard'],
} as const satisfies { [Name in keyof Stores]: MethodsOf<Stores[Name]> };

/** The same datastore; every question to a store of it is an arrow, inside a transaction too. */
export function watchedDatastore(datastore: Datastore, arrows: Arrows): Datastore {
  return {
    ...datastore,
    ...watchedStores(datastore, arrows),
    transaction: (work) => datastore.transaction((stores) => work(watchedStores(stores, arrows))),
  };
}

function watchedStores(stores: Stores, arrows: Arrows): Stores {
  const watched = Object.entries(writers).map(([key, methods]) => {
    const name = key as keyof Stores;
    return [name, watchedStore(stores[name], { name: storeNames[name], writers: methods, arrows })];
  });
  return Object.fromEntries(watched) as Stores;
}

interface Watching {
  readonly name: string;
  readonly writers: readonly string[];
  readonly arrows: Arrows;
}

function watchedStore<Store extends object>(store: Store, { name, writers, arrows }: Watching): Store {
  return new Proxy(store, {
    get(target, key) {
      const method = Reflect.get(target, key) as unknown;
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown => {
        const kind = writers.includes(String(key)) ? 'write' : 'read';
        arrows.note({ kind, to: 'datastore', name });
        return method.apply(target, args);
      };
    },
  });
}
