import type { CustomerStore } from './datastore.ts';
import type { Db } from './db.ts';
import { eraseCustomer } from './erasure.ts';
import { isPhone, mailboxOf, traceOf } from './mailbox.ts';
import { prepared, select, slot } from './query.ts';
import type { Customer, Segment } from './records.ts';
import type { Schema } from './schema.ts';
import {
  anySuppressedSql,
  selectCustomersSql,
  selectInSegmentsSql,
  selectSuppressedSql,
} from './sqlite-sets.ts';

type Row = Schema['customer'];

const findCustomer = prepared((db) => db.selectFrom('customer').selectAll().where('id', '=', slot));

/** In the order of `toRow`, behind the id. */
const whatMayChange = {
  name: slot,
  email: slot,
  phone: slot,
  addresses: slot,
  segment: slot,
  locale: slot,
  time_zone: slot,
  preferences: slot,
  quiet_start: slot,
  quiet_end: slot,
};

const insertCustomer = prepared((db) => db.insertInto('customer').values({ id: slot, ...whatMayChange }));

const updateCustomer = prepared((db) => db.updateTable('customer').set(whatMayChange).where('id', '=', slot));

const positionOf = prepared((db) => db.selectFrom('event_log').select('position').where('id', '=', slot));

export function customerStore(db: Db): CustomerStore {
  return {
    async insert(customer) {
      await insertCustomer(db, ...toRow(customer));
    },

    async find(id) {
      const [row] = await findCustomer(db, id);
      return row && toCustomer(row);
    },

    async update(customer) {
      const [id, ...rest] = toRow(customer);
      await updateCustomer(db, ...rest, id);
    },

    erase: (id, atMs) => eraseCustomer(db, id, atMs),

    async inSegments(segments, { afterCustomerId, limit, atEvent }) {
      const [event] = atEvent === undefined ? [] : await positionOf(db, atEvent);
      const position = event?.position ?? Number.MAX_SAFE_INTEGER;
      const wanted = JSON.stringify(segments);
      const rows = await select<{ id: string }>(
        db,
        selectInSegmentsSql,
        wanted,
        afterCustomerId,
        position,
        limit,
      );
      return rows.map(({ id }) => id);
    },

    async recipients(ids) {
      const [rows, [any]] = await Promise.all([
        select<Row>(db, selectCustomersSql, JSON.stringify(ids)),
        select<AnySuppressed>(db, anySuppressedSql),
      ]);
      const customers = new Map(rows.map((row) => [row.id, toCustomer(row)]));
      const isSuppressed = await suppressionAmong(db, any, [...customers.values()].flatMap(addressesOf));
      return ids.map((id) => {
        const customer = customers.get(id);
        if (customer === undefined) return undefined;
        return { suppressedAddresses: addressesOf(customer).filter(isSuppressed), ...customer };
      });
    },
  };
}

interface AnySuppressed {
  readonly found: number;
  readonly numbers: number;
  readonly traces: number;
}

/** Nearly always nothing is suppressed, or no phone, and then no address, or no phone, needs its normal form. */
async function suppressionAmong(
  db: Db,
  any: AnySuppressed | undefined,
  addresses: readonly string[],
): Promise<(address: string) => boolean> {
  if (!any?.found) return () => false;
  const asked = any.numbers ? addresses : addresses.filter((address) => !isPhone(address));
  const mailboxes = new Map(asked.map((address) => [address, mailboxOf(address)]));
  const traces = any.traces ? [...mailboxes.values()].map(traceOf) : [];
  const wanted = JSON.stringify([...mailboxes.values(), ...traces]);
  const rows = await select<{ mailbox: string }>(db, selectSuppressedSql, wanted);
  const suppressed = new Set(rows.map(({ mailbox }) => mailbox));
  return (address) => {
    const mailbox = mailboxes.get(address) ?? '';
    return suppressed.has(mailbox) || (traces.length > 0 && suppressed.has(traceOf(mailbox)));
  };
}

function addressesOf({ email, phone, addresses }: Customer): string[] {
  return [email, ...(phone === null ? [] : [phone]), ...Object.values(addresses)];
}

const toRow = (customer: Customer) =>
  [
    customer.id,
    customer.name,
    customer.email,
    customer.phone,
    JSON.stringify(customer.addresses),
    customer.segment,
    customer.locale,
    customer.timeZone,
    JSON.stringify(customer.preferences),
    customer.quietHours?.start ?? null,
    customer.quietHours?.end ?? null,
  ] as const;

function toCustomer(row: Row): Customer {
  const { quiet_start: start, quiet_end: end } = row;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    addresses: JSON.parse(row.addresses),
    segment: row.segment as Segment,
    locale: row.locale,
    timeZone: row.time_zone,
    preferences: JSON.parse(row.preferences),
    quietHours: start === null || end === null ? null : { start, end },
    ...(row.erased_at !== null && { erasedAtMs: row.erased_at }),
  };
}
