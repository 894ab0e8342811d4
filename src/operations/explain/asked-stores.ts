import type { Stores } from '../../datastore/index.ts';
import { intercept } from '../../kernel/index.ts';

/** How people call each of the stores. */
export const storeNames: Readonly<Record<keyof Stores, string>> = {
  eventLog: 'event log',
  consumption: 'bus',
  ledger: 'ledger',
  customers: 'customers',
  products: 'products',
  promotions: 'promotions',
  carts: 'carts',
  orders: 'orders',
  payments: 'payments',
  shipmentProgress: 'shipment progress',
  suppressions: 'suppressions',
  projections: 'projections',
};

/** Stores that note which of them are asked. */
export interface WatchedStores {
  readonly stores: Stores;
  /** The names of those that were asked, in the order of their first question. */
  asked(): readonly string[];
}

/** Wraps every store, so that "how many stores had to be asked" is measured and not claimed. */
export function watchStores(stores: Stores): WatchedStores {
  const asked = new Set<string>();
  const noted = <Store extends object>(name: string, store: Store): Store =>
    intercept(store, {
      around(_, call) {
        asked.add(name);
        return call();
      },
    });
  return {
    stores: intercept(stores, { within: (name, store) => noted(storeNames[name as keyof Stores], store) }),
    asked: () => [...asked],
  };
}
