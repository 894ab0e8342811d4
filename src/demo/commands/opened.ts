import type { Datastore } from '../../datastore/index.ts';

/** Does something with a datastore, and closes it whatever comes of that. */
export async function withOpened<T>(
  datastore: Datastore,
  work: (datastore: Datastore) => Promise<T>,
): Promise<T> {
  try {
    return await work(datastore);
  } finally {
    await datastore.close();
  }
}
