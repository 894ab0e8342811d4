import type { Subscriber } from '../../bus/index.ts';
import type { Datastore } from '../../datastore/index.ts';
import type { Decision } from '../../delivery/index.ts';
import type { ShopEvents } from '../../events/index.ts';
import { InputError } from '../../kernel/index.ts';
import { deliveryId } from '../../notifications/index.ts';
import {
  type ArchitectureName,
  closeInTime,
  durableBusOf,
  orStopped,
  type ReopenOptions,
  reopenShop,
  type World,
} from '../../shop/index.ts';
import { readLog } from './read-log.ts';

export interface HandOverOptions extends Pick<ReopenOptions, 'channels' | 'admin'> {
  /** Of the shop whose past is handed over, or a copy of it; the caller's to close. */
  datastore: Datastore;
  architecture: ArchitectureName;
  /** The name of a subscriber that runs in this architecture, or of `newcomer`. */
  subscriber: string;
  /** A position of the log. */
  from: number;
  /** Somebody who never ran in this shop. */
  newcomer?: Subscriber<ShopEvents>;
  signal?: AbortSignal;
}

/** What became of a delivery. */
export interface HandedDelivery {
  readonly id: string;
  readonly status: Decision['status'];
  readonly reason: string;
}

export interface HandOver {
  readonly subscriber: string;
  readonly from: number;
  /** How many messages of the log it was given. */
  readonly messages: number;
  /** What came of it, in the order of the decisions; the same delivery may wait first. */
  readonly deliveries: readonly HandedDelivery[];
  /** How many deliveries had been asked for before, and were not doubled. */
  readonly known: number;
  /** Message type → how many came into the log because of it. */
  readonly emitted: Readonly<Record<string, number>>;
  /** How many messages it could not handle yet, and would be given again. */
  readonly retries: number;
  /** Messages that it could not handle, and what was wrong. */
  readonly dead: readonly { readonly messageId: string; readonly reason: string }[];
}

/**
 * Hands a subscriber the log from a position on, as if it had been there. What was left undone in the shop is done
 * first; what has to wait (quiet hours, a retry) is left to `resume`.
 * @throws {InputError} nobody of that name runs here, or the log has no such position.
 * @throws {AlreadyConsumedError} the shop is running in another process.
 */
export async function handOver(options: HandOverOptions): Promise<HandOver> {
  const { subscriber, from, newcomer, ...reopening } = options;
  const { datastore, signal, architecture } = reopening;
  const decisions: Decision[] = [];
  let isCounting = false;
  const world = await reopenShop({
    ...reopening,
    bus: 'durable',
    onDecision: (decision) => void (isCounting && decisions.push(decision)),
  });
  try {
    const bus = durableBusOf(world);
    if (bus === undefined) throw noBus(architecture);
    await world.architecture.start();
    if (newcomer !== undefined) bus.subscribe(newcomer);
    const wanted = bus.subscribers.find(({ name }) => name === subscriber);
    if (wanted === undefined)
      throw unknown(
        subscriber,
        bus.subscribers.map(({ name }) => name),
      );
    await orStopped(world.architecture.settle(), signal);
    const head = await datastore.consumption.head();
    if (from > head) throw beyond(from, head);
    const lastBuried = (await bus.deadLetters({ limit: 1 })).at(-1)?.id ?? 'message-0';
    isCounting = true;
    await bus.replay(subscriber, { fromPosition: from });
    await orStopped(world.architecture.settle(), signal);
    isCounting = false;
    const types = wanted.handles === '*' ? {} : { types: wanted.handles };
    const buried = await bus.deadLetters({ after: lastBuried });
    return {
      subscriber,
      from,
      messages: await count(world, { ...types, after: from - 1, upTo: head }),
      ...deliveriesOf(decisions),
      emitted: await emittedBehind(world, head),
      retries: await retriesOf(datastore, subscriber),
      dead: buried.map(({ messageId, error }) => ({ messageId, reason: error.code ?? error.message })),
    };
  } finally {
    await closeInTime(world, signal);
  }
}

async function count(
  { datastore }: World,
  { upTo, ...stretch }: { types?: readonly string[]; after: number; upTo: number },
): Promise<number> {
  let found = 0;
  for await (const { position } of readLog(datastore, stretch)) if (position <= upTo) found++;
  return found;
}

async function retriesOf({ statistics }: Datastore, name: string): Promise<number> {
  return (await statistics.backlog()).find(({ subscriber }) => subscriber === name)?.retries ?? 0;
}

async function emittedBehind({ datastore }: World, head: number): Promise<Record<string, number>> {
  const emitted: Record<string, number> = {};
  for await (const { message } of readLog(datastore, { after: head })) {
    emitted[message.type] = (emitted[message.type] ?? 0) + 1;
  }
  return emitted;
}

function deliveriesOf(decisions: readonly Decision[]): Pick<HandOver, 'deliveries' | 'known'> {
  const isKnown = ({ reason }: Decision): boolean => reason === 'duplicate';
  return {
    known: decisions.filter(isKnown).length,
    deliveries: decisions
      .filter((decision) => !isKnown(decision))
      .map(({ notification, channel, status, reason }) => {
        return { id: deliveryId(notification.id, channel), status, reason };
      }),
  };
}

const noBus = (architecture: string): InputError =>
  new InputError({
    message: `nothing flows on a bus in ${architecture}, so nobody subscribes`,
    help: 'Name another --architecture.',
  });

const unknown = (name: string, known: readonly string[]): InputError =>
  new InputError({
    message: `no subscriber ${JSON.stringify(name)} runs here`,
    help: `Known: ${known.join(', ')}. One of your own comes with --module FILE.`,
  });

const beyond = (from: number, head: number): InputError =>
  new InputError({
    message: `the log has no position ${from}: it ends at ${head}`,
    help: 'Positions begin at 1.',
  });
