import type { ConsumptionBatch, Datastore, Stores } from '../../../src/datastore/index.ts';
import { type Fact, type History, keyOf } from './history.ts';

type Note = (fact: Fact) => void;

/** The same datastore; what is committed to it goes down in history too, what is rolled back does not. */
export function recordingDatastore(datastore: Datastore, history: History): Datastore {
  return {
    ...datastore,
    ...recordingStores(datastore, (fact) => history.note(fact)),
    leases: recordingLeases(datastore.leases, (fact) => history.note(fact)),
    async transaction(work) {
      const facts: Fact[] = [];
      const result = await datastore.transaction((stores) =>
        work({ ...stores, ...recordingStores(stores, (fact) => facts.push(fact)) }),
      );
      for (const fact of facts) history.note(fact);
      return result;
    },
  };
}

function recordingLeases(leases: Datastore['leases'], note: Note): Datastore['leases'] {
  return {
    ...leases,
    async acquire(time) {
      const token = await leases.acquire(time);
      if (token !== undefined) note({ kind: 'leased', token, untilMs: time.untilMs });
      return token;
    },
    async renew(token, untilMs) {
      const isHeld = await leases.renew(token, untilMs);
      if (isHeld) note({ kind: 'renewed', token, untilMs });
      return isHeld;
    },
    async release(token) {
      await leases.release(token);
      note({ kind: 'given-back', token });
    },
  };
}

function recordingStores(
  { eventLog, carts, suppressions, ledger, consumption }: Stores,
  note: Note,
): Partial<Stores> {
  return {
    consumption: {
      ...consumption,
      async commit(batch) {
        const committed = await consumption.commit(batch);
        if (isConsumed(batch)) note({ kind: 'consumed' });
        return committed;
      },
    },
    eventLog: {
      ...eventLog,
      async append(messages) {
        await eventLog.append(messages);
        for (const event of messages) note({ kind: 'event', event });
      },
    },
    carts: {
      ...carts,
      async add(item) {
        await carts.add(item);
        note({ kind: 'cart', customerId: item.customerId, productId: item.productId, isIn: true });
      },
      async remove(customerId, productIds, atMs) {
        const removed = await carts.remove(customerId, productIds, atMs);
        for (const productId of productIds) note({ kind: 'cart', customerId, productId, isIn: false });
        return removed;
      },
    },
    suppressions: {
      ...suppressions,
      async add(suppression) {
        const isNew = await suppressions.add(suppression);
        if (isNew) note({ kind: 'suppressed', address: suppression.address });
        return isNew;
      },
      async remove(address) {
        const wasThere = await suppressions.remove(address);
        if (wasThere) note({ kind: 'lifted', address });
        return wasThere;
      },
    },
    ledger: {
      ...ledger,
      async addReceipts(receipts) {
        const areNew = await ledger.addReceipts(receipts);
        for (const [index, receipt] of receipts.entries())
          if (areNew[index]) note({ kind: 'receipt', receipt });
        return areNew;
      },
      async open(entries, token) {
        const before = await ledger.open(entries, token);
        for (const [index, { notification, deliveries }] of entries.entries()) {
          for (const { channel } of deliveries) {
            const isNew = !before[index]?.some((present) => present.channel === channel);
            if (isNew) note({ kind: 'opened', notification, channel });
          }
        }
        return before;
      },
      async record(deliveries, verdicts, failures, token) {
        await ledger.record(deliveries, verdicts, failures, token);
        for (const delivery of deliveries) note({ kind: 'recorded', delivery });
      },
      async takeDue(channel, nowMs, limit, token) {
        const lines = await ledger.takeDue(channel, nowMs, limit, token);
        for (const { delivery } of lines) note({ kind: 'taken-up', key: keyOf(delivery) });
        return lines;
      },
      async resumeLost(channel, notificationIds, nowMs, token) {
        const resumed = await ledger.resumeLost(channel, notificationIds, nowMs, token);
        if (resumed > 0)
          for (const notificationId of notificationIds)
            note({ kind: 'lost', key: keyOf({ notificationId, channel }) });
        return resumed;
      },
    },
  };
}

/** Whether it says what became of messages, and not only what was published. */
const isConsumed = ({ progress, retries, ended, states, timers, fired }: ConsumptionBatch): boolean =>
  [progress, retries, ended, states, timers, fired].some((each) => each.length > 0);
