import type { Stores } from '../datastore/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';
import { commit, type RecordPorts, type Work } from '../services/index.ts';
import { type BulkResult, summaryOf } from './bulk-result.ts';
import type { NotificationApi, NotifyRequest, NotifyResult } from './notification-api.ts';

export type Event = MessageOf<ShopEvents>;

/** Pages of requests, so that not all of a hundred thousand are in memory at once. */
export type Pages = AsyncIterable<readonly NotifyRequest[]>;

/** What a service has to say of an event; what it needs to know for it, it asks of these stores. */
type RequestsOf = (
  event: Event,
  stores: Stores,
) => readonly NotifyRequest[] | Promise<readonly NotifyRequest[]>;

/**
 * Keeps what a command changes, and hands over to the notifier what the service has to say about it. When that is,
 * relative to the commit, is what the ways of it differ in; whom to tell what, the service decides in both.
 */
export interface HandOver {
  /** @returns the notifier's answers, in the order of the requests; none when nothing happened. */
  tell(work: Work, requestsOf: RequestsOf): Promise<readonly NotifyResult[]>;
  /** The same for very many, summed up. */
  tellMany(work: Work, pagesOf: (event: Event, stores: Stores) => Pages): Promise<BulkResult>;
}

export const handOvers = { 'after-commit': afterCommit, transactional: withinTransaction } as const;

/** `after-commit`: the call is made when the change is kept. `transactional`: it is a part of the same transaction. */
export type HandOverName = keyof typeof handOvers;

export const handOverNames = Object.keys(handOvers) as readonly HandOverName[];

export interface HandOverPorts extends RecordPorts {
  readonly notifications: NotificationApi;
}

/** Answers when the providers have; a process that dies between the commit and the call has told nobody. */
function afterCommit({ notifications, ...ports }: HandOverPorts): HandOver {
  return {
    async tell(work, requestsOf) {
      const [event] = await commit(ports, work);
      if (event === undefined) return [];
      const requests = await requestsOf(event, ports.datastore);
      return Promise.all(requests.map(notifications.notify));
    },
    async tellMany(work, pagesOf) {
      const [event] = await commit(ports, work);
      const results: NotifyResult[][] = [];
      if (event === undefined) return summaryOf([]);
      for await (const page of pagesOf(event, ports.datastore))
        results.push([...(await notifications.notifyBulk(page))]);
      return summaryOf(results.flat());
    },
  };
}

/** Answers when change and deliveries are kept, together or not at all; what is sent is sent behind it. */
function withinTransaction({ notifications, ...ports }: HandOverPorts): HandOver {
  async function tellPages(work: Work, pagesOf: (event: Event, stores: Stores) => Pages) {
    const committed: (() => void)[] = [];
    const results: NotifyResult[][] = [];
    await commit(ports, work, async ([event], stores) => {
      if (event === undefined) return;
      for await (const page of pagesOf(event, stores)) {
        if (page.length === 0) continue;
        const entry = await notifications.enter(page, stores);
        committed.push(entry.committed);
        results.push([...entry.results]);
      }
    });
    for (const each of committed) each();
    return results.flat();
  }

  return {
    tell: (work, requestsOf) =>
      tellPages(work, async function* (event, stores) {
        yield await requestsOf(event, stores);
      }),
    tellMany: async (work, pagesOf) => summaryOf(await tellPages(work, pagesOf)),
  };
}
