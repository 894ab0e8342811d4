import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import { defineProjection } from '../../../src/operations/projections/index.ts';
import { type EventMaker, eventMaker } from '../../support/events.ts';

export interface Log {
  readonly datastore: Datastore;
  readonly make: EventMaker;
  /** So many customers register. */
  grow(count: number): Promise<void>;
}

export function openLog(datastore = openDatastore()): Log {
  const make = eventMaker();
  let next = 0;
  return {
    datastore,
    make,
    grow: (count) =>
      datastore.eventLog.append(Array.from({ length: count }, () => make.registered(`customer-${next++}`))),
  };
}

/** Counts customers; an event that has two effects is counted twice. Fails where it is told to. */
export const counting = ({
  name = 'counting',
  version = 1,
  failsAt,
}: {
  name?: string;
  version?: number;
  failsAt?: string;
} = {}) =>
  defineProjection({
    name,
    words: 'how many customers have registered',
    version,
    handles: ['CustomerRegistered'],
    async project({ data }, rows) {
      rows.set('count', Number((await rows.get('count')) ?? 0) + version);
      rows.set('latest', data.customerId);
      if (data.customerId === failsAt) throw new Error(`${failsAt} is too much`);
    },
  });
