import type { Datastore, Stores } from '../datastore/index.ts';
import {
  type Cause,
  createMessage,
  type MessageOf,
  type MessagePorts,
  type Publisher,
  type ShopEvents,
  shopEvents,
} from '../events/index.ts';
import type { Clock, Ids } from '../kernel/index.ts';
import type { Fact } from './fact.ts';

/** What it takes to keep a change. */
export interface RecordPorts {
  clock: Clock;
  /** Of the events. */
  ids: Ids;
  datastore: Datastore;
}

/** What the shop needs of the world. */
export interface ServicePorts extends RecordPorts {
  /** Told of every event once it is committed. */
  publisher: Publisher<ShopEvents>;
}

export type Work = (stores: Stores) => Promise<readonly Fact[]>;

/** Runs one command: what `work` changes and the events that it returns are kept together, or not at all. */
export type UnitOfWork = (work: Work) => Promise<void>;

/** What else belongs into the transaction, once the events have their ids. */
export type Along = (events: readonly MessageOf<ShopEvents>[], stores: Stores) => Promise<void>;

/**
 * Changes the shop and puts on record what happened, in one transaction.
 * @returns the events as they stand in the event log now.
 */
export function commit(
  { clock, ids, datastore }: RecordPorts,
  work: Work,
  along: Along = async () => {},
): Promise<readonly MessageOf<ShopEvents>[]> {
  return datastore.transaction(async (stores) => {
    const facts = await work(stores);
    const messages: MessageOf<ShopEvents>[] = [];
    // What one command led to is one story, which begins with the first.
    for (const fact of facts) messages.push(toMessage({ clock, ids }, fact, messages[0]));
    if (messages.length > 0) await stores.eventLog.append(messages);
    await along(messages, stores);
    return messages;
  });
}

/**
 * The events join the event log in the transaction that changes the state, and are published after it:
 * nobody hears of a change that was rolled back, and a publisher that fails leaves a log that has them.
 */
export function createUnitOfWork(ports: ServicePorts): UnitOfWork {
  return async (work) => {
    const messages = await commit(ports, work);
    if (messages.length > 0) await ports.publisher.publish(messages);
  };
}

/** A fact's type and data belong together, which TypeScript cannot follow through the catalogue. */
const toMessage = (
  ports: MessagePorts,
  { type, data }: Fact,
  cause: Cause | undefined,
): MessageOf<ShopEvents> =>
  createMessage<string, never>(ports, shopEvents[type], data as never, cause) as MessageOf<ShopEvents>;
