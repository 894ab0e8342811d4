import { type Customer, type Datastore, openDatastore } from '../../datastore/index.ts';
import { claimed, openKeptDatastore, stockSampleShop } from '../../shop/index.ts';

/** Three whom every channel reaches, beside those of the sample shop. */
const reachableEverywhere = ['user_001', 'user_002', 'user_003'];

/** Whom requests may name unless a datastore is given. */
export const sampleUsers = [
  ...['ada', 'ben', 'clara', 'dev', 'erin', 'finn', 'gina', 'hana'],
  ...reachableEverywhere,
];

/**
 * A datastore whose customers are the users, and that keeps what becomes of the requests: the one that an earlier run has
 * kept in `file`, or one in memory with the sample users.
 * @throws {InputError} when there is no such file.
 * @throws {AlreadyConsumedError} a shop is running on it.
 */
export async function openUsers(file: string | undefined): Promise<Datastore> {
  if (file === undefined) return stockSampleUsers(openDatastore());
  const datastore = await openKeptDatastore(file, 'change');
  return claimed(datastore, { isAlone: true }).catch(async (thrown) => {
    await datastore.close();
    throw thrown;
  });
}

async function stockSampleUsers(datastore: Datastore): Promise<Datastore> {
  await stockSampleShop(datastore);
  for (const [index, id] of reachableEverywhere.entries())
    await datastore.customers.insert(userOf(id, index + 1));
  return datastore;
}

function userOf(id: string, number: number): Customer {
  return {
    id,
    name: `User ${number}`,
    email: `${id}@example.com`,
    phone: `+4477009001${String(number).padStart(2, '0')}`,
    addresses: { push: `device-of-${id}`, webhook: `https://hooks.example.com/${id}` },
    segment: 'standard',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    preferences: {},
    quietHours: null,
  };
}
