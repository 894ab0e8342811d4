import { join } from 'node:path';
import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../bus/index.ts';
import { type Datastore, openDatastoreAt, shownPlace } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import { createIds, InputError, quote, seededRandom, VirtualClock } from '../../kernel/index.ts';
import { readLog } from '../../operations/event-log/index.ts';
import type { Flow, FlowWorld } from '../../pipeline-runtime/index.ts';
import { type BusName, claimed, openKeptDatastore } from '../../shop/index.ts';
import { type KeptIn, readyFolder } from './beside.ts';
import { outsideIn } from './outside.ts';

export interface WorldOptions extends Partial<KeptIn> {
  readonly bus: BusName;
  readonly seed: number;
  /** Whether what is said is to be read later: in memory, that takes memory. */
  readonly isRecorded: boolean;
}

/** What was said in a world. */
export interface Said {
  /** Whatever was said since this was last asked, in its order. */
  news(): Promise<readonly Message[]>;
  /** All about one subject. */
  about(subject: string): Promise<readonly Message[]>;
}

export interface FlowWorldOpened extends FlowWorld {
  readonly said: Said;
  /** How many messages were there before. */
  readonly head: number;
  close(): Promise<void>;
}

/**
 * A world of its own for a flow: a bus, a virtual clock, ids and randomness.
 * @throws {InputError} `data` is of no use, or holds something else than this flow.
 */
export async function openFlowWorld(flow: Flow, options: WorldOptions): Promise<FlowWorldOpened> {
  const { bus, seed, data, files } = options;
  if (bus === 'in-memory') return inMemory(flow, options);
  const opened = await openDatastoreAt(data);
  return orClosed(opened, async () => {
    const world = await onDatastore(flow, await claimed(opened, { isAlone: true }), { seed, data });
    if (data === undefined) return world;
    const folder = readyFolder(flow, { data, files, hasBegun: world.head > 0 });
    return { ...world, folder, outside: outsideIn(join(folder, 'outside.ndjson')) };
  });
}

/**
 * The world of a flow that was kept, to be looked at: nothing goes on in it.
 * @throws {InputError} there is nothing, or something else, or it is of no use.
 */
export async function openKeptFlowWorld(flow: Flow, data: string, seed: number): Promise<FlowWorldOpened> {
  const opened = await openKeptDatastore(data, 'read');
  return orClosed(opened, () => onDatastore(flow, opened, { seed, data }));
}

/** A session that is left open keeps the process. */
async function orClosed<T>(datastore: Datastore, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    await datastore.close();
    throw thrown;
  }
}

function inMemory({ catalogue, beginsAtMs }: Flow, { seed, isRecorded }: WorldOptions): FlowWorldOpened {
  const random = seededRandom(seed);
  const clock = new VirtualClock(beginsAtMs);
  // biome-ignore lint/suspicious/noExplicitAny: the catalogue of whatever flow it is.
  const bus: EventBus<any> = new InMemoryEventBus({ catalogue, clock, random });
  const all: Message[] = [];
  let shown = 0;
  if (isRecorded)
    bus.subscribe({
      name: 'onlooker',
      handles: '*',
      handle: async (message) => {
        all.push(message);
      },
    });
  const said: Said = {
    news: async () => {
      const news = all.slice(shown);
      shown = all.length;
      return news;
    },
    about: async (asked) => all.filter(({ subject }) => subject === asked),
  };
  return { ...parts({ bus, clock, random }), said, head: 0, close: () => bus.close() };
}

async function onDatastore(
  flow: Flow,
  datastore: Datastore,
  { seed, data = '' }: { readonly seed: number; readonly data?: string | undefined },
): Promise<FlowWorldOpened> {
  await refuseOthers(flow, datastore, data);
  const { catalogue, beginsAtMs } = flow;
  const head = await datastore.consumption.head();
  const latestMs = (await datastore.statistics.latestMs()) ?? 0;
  // What a file holds must not be said again with the same ids.
  const random = seededRandom(seed + head);
  const clock = new VirtualClock(Math.max(beginsAtMs, latestMs));
  // biome-ignore lint/suspicious/noExplicitAny: the catalogue of whatever flow it is.
  const bus: EventBus<any> = new DurableEventBus({ catalogue, clock, random, datastore });
  let shown = head;
  const said: Said = {
    news: async () => {
      const news: Message[] = [];
      for await (const { position, message } of readLog(datastore, { after: shown })) {
        shown = position;
        news.push(message);
      }
      return news;
    },
    about: (subject) => datastore.eventLog.about(subject),
  };
  const close = async (): Promise<void> => {
    await bus.close();
    await datastore.close();
  };
  return { ...parts({ bus, clock, random }), said, head, close };
}

/** What others have said would be dead letters here, and what is said here theirs. */
async function refuseOthers({ name, catalogue }: Flow, datastore: Datastore, data: string): Promise<void> {
  if (await datastore.isEmpty()) return;
  const own = new Set(Object.values(catalogue).map(({ source }) => source));
  const first = await datastore.consumption.read({
    subscriber: '',
    types: null,
    after: 0,
    upTo: 1,
    skipHandled: false,
  });
  if (first.some(({ message }) => own.has(message.source))) return;
  throw new InputError({
    message: `${quote(shownPlace(data))} holds something else than ${name}`,
    help: 'A flow has a file, or a database, of its own: name another one.',
  });
}

const parts = ({ bus, clock, random }: Pick<FlowWorld, 'bus' | 'clock' | 'random'>): FlowWorld => ({
  bus,
  clock,
  random,
  ids: createIds(clock, random),
  stopwatch: () => performance.now(),
});
