import { cartStore } from './carts.ts';
import { consumption } from './consumption.ts';
import { customerStore } from './customers.ts';
import type { Stores } from './datastore.ts';
import type { Db } from './db.ts';
import { eventLog } from './event-log.ts';
import { ledger } from './ledger.ts';
import { orderStore } from './orders.ts';
import { paymentStore } from './payments.ts';
import { productStore } from './products.ts';
import { projectionStore } from './projection-store.ts';
import { promotionStore } from './promotions.ts';
import { select } from './query.ts';
import { shipmentProgressStore } from './shipment-progress.ts';
import { suppressionStore } from './suppressions.ts';

/** Runs its work in one transaction. */
export type InTransaction = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/** The stores, on whatever engine `db` speaks to. */
export function storesOf(db: Db, inTransaction: InTransaction): Stores {
  return {
    customers: customerStore(db),
    products: productStore(db),
    promotions: promotionStore(db),
    carts: cartStore(db),
    orders: orderStore(db),
    payments: paymentStore(db),
    eventLog: eventLog(db),
    consumption: consumption(db, inTransaction),
    shipmentProgress: shipmentProgressStore(db),
    suppressions: suppressionStore(db),
    projections: projectionStore(db),
    ledger: ledger(db, inTransaction),
  };
}

const inTransactions = new WeakMap<Db, Stores>();

/** Those within a transaction: there are as many transactions as commands, and few sessions in which they are. */
export function storesIn(transaction: Db): Stores {
  const made = inTransactions.get(transaction);
  if (made !== undefined) return made;
  const stores = storesOf(transaction, (work) => work(transaction));
  inTransactions.set(transaction, stores);
  return stores;
}

/** See `Datastore.isEmpty`. */
export async function isEmpty(db: Db): Promise<boolean> {
  const tables = 'select 1 from customer union all select 1 from product union all select 1 from event_log';
  return (await select(db, `${tables} limit 1`)).length === 0;
}
