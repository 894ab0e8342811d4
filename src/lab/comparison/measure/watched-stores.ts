import type { Datastore, Stores } from '../../../datastore/index.ts';
import { intercept } from '../../../kernel/index.ts';
import { storeNames } from '../../../operations/explain/index.ts';
import type { Arrows } from './arrows.ts';

type MethodsOf<Store> = readonly (keyof Store & string)[];

/** What changes something; all else reads. */
const writers = {
  customers: ['insert', 'update', 'erase'],
  products: ['insert', 'setPrice'],
  promotions: ['insert'],
  carts: ['add', 'remove'],
  orders: ['insert', 'setStatus', 'setLineItem', 'setLineItemStatuses'],
  payments: ['insert'],
  eventLog: ['append'],
  // The bus's own: nobody else touches it, and it is not watched.
  consumption: [],
  shipmentProgress: ['advance', 'forget', 'forgetBefore'],
  suppressions: ['add', 'remove'],
  projections: ['begin', 'save', 'drop', 'write'],
  ledger: ['open', 'record', 'takeDue', 'resumeOrphaned', 'resumeLost', 'redrive', 'discard'],
} as const satisfies { [Name in keyof Stores]: MethodsOf<Stores[Name]> };

/** The same datastore; every question to a store of it is an arrow, inside a transaction too. */
export const watchedDatastore = (datastore: Datastore, arrows: Arrows): Datastore =>
  intercept(watchedStores(datastore, arrows), {
    instead: {
      transaction: (work) => datastore.transaction((stores) => work(watchedStores(stores, arrows))),
    },
  });

const watchedStores = <Some extends Stores>(stores: Some, arrows: Arrows): Some =>
  intercept(stores, {
    within: (name, store) => (name in writers ? watchedStore(store, name as keyof Stores, arrows) : store),
  });

const watchedStore = <Store extends object>(store: Store, name: keyof Stores, arrows: Arrows): Store =>
  intercept(store, {
    around(method, call) {
      const kind = (writers[name] as readonly string[]).includes(method) ? 'write' : 'read';
      arrows.note({ kind, to: 'datastore', name: storeNames[name] });
      return call();
    },
  });
