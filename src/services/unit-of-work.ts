import type { Publisher } from '../bus/index.ts';
import type { Datastore, Stores } from '../datastore/index.ts';
import {
  createMessage,
  type MessageOf,
  type MessagePorts,
  type ShopEvents,
  shopEvents,
} from '../events/index.ts';
import type { Clock, Ids } from '../kernel/index.ts';
import type { Fact } from './fact.ts';

/** What the shop needs of the world. */
export interface ServicePorts {
  clock: Clock;
  /** Of the events. */
  ids: Ids;
  datastore: Datastore;
  /** Told of every event once it is committed. */
  publisher: Publisher<ShopEvents>;
}

/** Runs one command: what `work` changes and the events that it returns are kept together, or not at all. */
export type UnitOfWork = (work: (stores: Stores) => Promise<readonly Fact[]>) => Promise<void>;

/**
 * The events join the event log in the transaction that changes the state, and are published after it:
 * nobody hears of a change that was rolled back, and a publisher that fails leaves a log that has them.
 */
export function createUnitOfWork({ clock, ids, datastore, publisher }: ServicePorts): UnitOfWork {
  return async (work) => {
    const messages = await datastore.transaction(async (stores) => {
      const facts = await work(stores);
      const committed = facts.map((fact) => toMessage({ clock, ids }, fact));
      if (committed.length > 0) await stores.eventLog.append(committed);
      return committed;
    });
    if (messages.length > 0) await publisher.publish(messages);
  };
}

/** A fact's type and data belong together, which TypeScript cannot follow through the catalogue. */
const toMessage = (ports: MessagePorts, { type, data }: Fact): MessageOf<ShopEvents> =>
  createMessage<string, never>(ports, shopEvents[type], data as never) as MessageOf<ShopEvents>;
