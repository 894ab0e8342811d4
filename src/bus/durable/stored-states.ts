import type { ConsumptionStore } from '../../datastore/index.ts';
import type { StateReader } from '../contract.ts';

/** What subscribers keep in the datastore, with all that is committed. */
export const storedStates = (consumption: ConsumptionStore): StateReader => ({
  async find(subscriber, key) {
    const row = await consumption.state(subscriber, key);
    return row === undefined
      ? { version: 0, value: undefined }
      : { version: row.version, value: JSON.parse(row.value) };
  },

  async list(subscriber, { after = '', limit }) {
    const rows = await consumption.states(subscriber, { after, limit });
    return rows.map(({ key, version, value }) => ({ key, version, value: JSON.parse(value) }));
  },
});
