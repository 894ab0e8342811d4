import type { Datastore, DeliveryRecord } from '../datastore/index.ts';
import type { Decision } from '../delivery/index.ts';
import { type Clock, steadyClock } from '../kernel/index.ts';

/** How deliveries stand, for whoever waits for it. */
export interface Outcomes {
  /** To be told of every decision, once it is recorded. */
  note(decision: Pick<Decision, 'notification'>): void;
  /**
   * The deliveries of a notification when none of them is on its way any more, or after so long; none when there is
   * no such notification.
   */
  of(notificationId: string, withinMs: number): Promise<readonly DeliveryRecord[]>;
}

export function createOutcomes({
  clock: wallClock,
  datastore,
}: {
  clock: Clock;
  datastore: Datastore;
}): Outcomes {
  const clock = steadyClock(wallClock);
  const waiting = new Map<string, Set<() => void>>();

  /** Resolves at the next decision on it, or when there is no time left. */
  function nextNews(notificationId: string, untilMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wakers = waiting.get(notificationId) ?? new Set();
      waiting.set(notificationId, wakers);
      const wake = (): void => {
        cancel();
        wakers.delete(wake);
        if (wakers.size === 0) waiting.delete(notificationId);
        resolve();
      };
      const cancel = clock.schedule(untilMs, wake);
      wakers.add(wake);
    });
  }

  return {
    note: ({ notification }) => {
      for (const wake of waiting.get(notification.id) ?? []) wake();
    },
    async of(notificationId, withinMs) {
      const untilMs = clock.now() + withinMs;
      for (;;) {
        // Before the ledger is read, so that what is decided meanwhile is not missed.
        const news = nextNews(notificationId, untilMs);
        const [entry] = await datastore.ledger.find('id', notificationId);
        const deliveries = entry?.deliveries ?? [];
        const isOver = clock.now() >= untilMs || !deliveries.some(isOnItsWay);
        if (isOver) {
          for (const wake of waiting.get(notificationId) ?? []) wake();
          return deliveries;
        }
        await news;
      }
    },
  };
}

/** Neither ended nor put off. */
const isOnItsWay = ({ status, reason }: DeliveryRecord): boolean => status === 'pending' && reason === null;
