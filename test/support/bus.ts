import type { EventBus, Subscriber } from '../../src/bus/index.ts';
import type { Datastore } from '../../src/datastore/index.ts';
import type { Message, MessageOf, ShopEvents } from '../../src/events/index.ts';
import type { RetryPolicy, VirtualClock } from '../../src/kernel/index.ts';
import { hasServer } from './a-datastore.ts';
import type { EventMaker } from './events.ts';

export type ShopBus = EventBus<ShopEvents>;
export type ShopMessage = MessageOf<ShopEvents>;
export type ShopSubscriber = Subscriber<ShopEvents>;

/** An implementation under test, in virtual time. */
export interface BusHarness {
  readonly bus: ShopBus;
  readonly clock: VirtualClock;
  readonly make: EventMaker;
  /** How often a message that always fails is handled before it is dead. */
  readonly maxAttempts: number;
  /** How long it waits in between; only where the bus retries. */
  readonly retry?: RetryPolicy;
  /** Settles the bus, and moves the clock until no retry waits any more. */
  finish(): Promise<void>;
  /** Where the shop's services log their events. */
  readonly datastore: Pick<Datastore, 'eventLog'>;
  /** Another worker's bus beside it. Left out: no other can share what it has. */
  another?(): Promise<ShopBus>;
  /** Leaves the bus as a dying process would, and opens another on what it kept. */
  restart(): Promise<ShopBus>;
}

/** One guarantee: resolves when the bus keeps it. */
export type BusRow = (harness: BusHarness) => Promise<void>;

/** Guarantees by the sentence that says them. */
export type BusRows = Readonly<Record<string, BusRow>>;

/** A turn of the event loop; where a server has to answer, so long that it can. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (hasServer) setTimeout(resolve, 2);
    else setImmediate(resolve);
  });

/** Gives a wrong thing time to happen. */
export async function manyTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await nextTurn();
}

/** Lets the event loop turn until the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000; turn++) {
    if (condition()) return;
    await nextTurn();
  }
  throw new Error(`it never came about: ${condition}`);
}

/** Settles, and moves the clock from one thing that waits for it to the next, until nothing does. */
export async function playedOut(clock: VirtualClock, settle: () => Promise<void>): Promise<void> {
  await settle();
  for (let dueMs = clock.nextDueMs(); dueMs !== undefined; dueMs = clock.nextDueMs())
    await clock.advanceTo(dueMs, settle);
}

/** What a handler waits for until the story lets it go on. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function closedGate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A subscriber that takes notes, and then does what the story says. */
export function recorder(
  name: string,
  handles: ShopSubscriber['handles'] = '*',
  thenDo: ShopSubscriber['handle'] = async () => {},
): ShopSubscriber & { readonly handled: ShopMessage[] } {
  const handled: ShopMessage[] = [];
  return {
    name,
    handles,
    handled,
    handle(message, context) {
      handled.push(message);
      return thenDo(message, context);
    },
  };
}

export const idsOf = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);
