import { DurableEventBus, UnknownDeadLetterError } from '../../bus/index.ts';
import type { Datastore, DeliveryKey, DeliveryRecord } from '../../datastore/index.ts';
import { shopEvents } from '../../events/index.ts';
import { seededRandom, VirtualClock } from '../../kernel/index.ts';
import { type DeliveryLetter, type Letter, letterOfDelivery, letterOfMessage } from './letter.ts';

/** The dead letters of a kept shop, which may be running in another process. */
export interface DeadLetterStore {
  /** Dead deliveries, those that were given up first in front, page by page. */
  deliveries(): AsyncIterable<readonly DeliveryLetter[]>;
  /** All, those that were given up first in front. */
  all(): AsyncIterable<Letter>;
  /** Undefined when there is none of exactly this id. */
  find(id: string): Promise<Letter | undefined>;
  /** Gives it up for good, at `nowMs`; false when somebody else has dealt with it meanwhile. */
  discard(letter: Letter, nowMs: number): Promise<boolean>;
}

const pageSize = 500;

export function deadLetterStore(datastore: Datastore): DeadLetterStore {
  const { ledger } = datastore;
  // It neither runs nor claims anything: nobody subscribes.
  const bus = new DurableEventBus({
    catalogue: shopEvents,
    clock: new VirtualClock(0),
    random: seededRandom(1),
    datastore,
  });

  async function* deliveries(): AsyncIterable<readonly DeliveryLetter[]> {
    for (let after: DeliveryRecord | undefined; ; ) {
      const page = await ledger.deadLetters({ limit: pageSize, ...(after && { after }) });
      yield page.map(letterOfDelivery);
      after = page.at(-1)?.delivery;
      if (page.length < pageSize) return;
    }
  }

  async function* messages(): AsyncIterable<readonly Letter[]> {
    for (let after = 'message-0'; ; ) {
      const page = await bus.deadLetters({ limit: pageSize, after });
      yield page.map(letterOfMessage);
      after = page.at(-1)?.id ?? after;
      if (page.length < pageSize) return;
    }
  }

  async function findMessage(id: string): Promise<Letter | undefined> {
    try {
      return letterOfMessage(await bus.deadLetter(id));
    } catch (thrown) {
      if (thrown instanceof UnknownDeadLetterError) return undefined;
      throw thrown;
    }
  }

  async function findDelivery(id: string): Promise<Letter | undefined> {
    const dead = await ledger.deadLetter(keyOf(id));
    return dead && letterOfDelivery(dead);
  }

  return {
    deliveries,
    all: () => merged(deliveries(), messages()),
    find: (id) => (isOfMessage(id) ? findMessage(id) : findDelivery(id)),
    async discard(letter, nowMs) {
      if (letter.kind === 'delivery') {
        return (await ledger.discard(letter.dead.delivery, nowMs)) !== undefined;
      }
      try {
        await bus.discard(letter.id);
        return true;
      } catch (thrown) {
        if (thrown instanceof UnknownDeadLetterError) return false;
        throw thrown;
      }
    },
  };
}

/** Whether it is a message's id, if it is any letter's. */
const isOfMessage = (id: string): boolean => /^message-\d+$/.test(id);

/** The delivery whose id it is, if it is any delivery's. */
export function keyOf(id: string): DeliveryKey {
  const endOfNotification = Math.max(0, id.lastIndexOf(':'));
  return { notificationId: id.slice(0, endOfNotification), channel: id.slice(endOfNotification + 1) };
}

/** Both in the order of their latest failure, as each is on its own. */
async function* merged(
  one: AsyncIterable<readonly Letter[]>,
  other: AsyncIterable<readonly Letter[]>,
): AsyncIterable<Letter> {
  const [first, second] = [flat(one), flat(other)];
  let [head, rival] = [await first.next(), await second.next()];
  while (!head.done || !rival.done) {
    if (rival.done || (!head.done && head.value.lastFailedAtMs <= rival.value.lastFailedAtMs)) {
      if (!head.done) yield head.value;
      head = await first.next();
    } else {
      yield rival.value;
      rival = await second.next();
    }
  }
}

async function* flat(pages: AsyncIterable<readonly Letter[]>): AsyncGenerator<Letter> {
  for await (const page of pages) yield* page;
}
