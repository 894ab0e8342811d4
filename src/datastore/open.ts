import { cartStore } from './carts.ts';
import { customerStore } from './customers.ts';
import type { Datastore, Stores } from './datastore.ts';
import { eventLog } from './event-log.ts';
import { ledger } from './ledger.ts';
import { orderStore } from './orders.ts';
import { paymentStore } from './payments.ts';
import { productStore } from './products.ts';
import { select } from './query.ts';
import { shipmentProgressStore } from './shipment-progress.ts';
import { type Db, openSqlite } from './sqlite.ts';
import { suppressionStore } from './suppressions.ts';

export interface DatastoreOptions {
  /** A file of SQLite's, made when it is missing. Left out: memory, which ends with the process. */
  file?: string;
}

type InTransaction = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/** @throws {InputError} when the file cannot be opened, is not a shop's, or is newer than this program. */
export function openDatastore({ file = ':memory:' }: DatastoreOptions = {}): Datastore {
  const db = openSqlite(file);
  const inTransaction: InTransaction = (work) => db.transaction().execute(work);
  return {
    ...storesOf(db, inTransaction),

    async isEmpty() {
      const tables =
        'select 1 from customer union all select 1 from product union all select 1 from event_log';
      return (await select(db, `${tables} limit 1`)).length === 0;
    },

    transaction: (work) => inTransaction((tx) => work(storesOf(tx, (inner) => inner(tx)))),

    close: once(async () => {
      // The file alone then holds everything: libsql leaves its companions lying there.
      await select(db, 'pragma wal_checkpoint(passive)').finally(() => db.destroy());
    }),
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | undefined;
  return () => {
    working ??= work();
    return working;
  };
}

function storesOf(db: Db, inTransaction: InTransaction): Stores {
  return {
    customers: customerStore(db),
    products: productStore(db),
    carts: cartStore(db),
    orders: orderStore(db),
    payments: paymentStore(db),
    eventLog: eventLog(db),
    shipmentProgress: shipmentProgressStore(db),
    suppressions: suppressionStore(db),
    ledger: ledger(db, inTransaction),
  };
}
