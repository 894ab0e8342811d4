import { join } from 'node:path';
import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../bus/index.ts';
import { type Datastore, isServer, openDatastore, shownPlace } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import { createIds, InputError, seededRandom, VirtualClock } from '../../kernel/index.ts';
import { readLog } from '../../operations/event-log/index.ts';
import type { Flow, FlowWorld } from '../../pipeline-runtime/index.ts';
import { type BusName, claimed, openKeptDatastore } from '../../shop/index.ts';
import { outsideIn } from './outside.ts';

export interface WorldOptions {
  readonly bus: BusName;
  /** Of the durable bus; left out, memory. */
  readonly data?: string;
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

/** A world of its own for a flow: a bus, a virtual clock, ids and randomness. */
export async function openFlowWorld(flow: Flow, options: WorldOptions): Promise<FlowWorldOpened> {
  const { bus, data: file } = options;
  if (bus === 'in-memory') return inMemory(flow, options);
  needsFile(file);
  const world = await onDatastore(
    flow,
    await claimed(openDatastore(file === undefined ? {} : { file })),
    options,
  );
  return { ...world, ...(world.folder && { outside: outsideIn(join(world.folder, 'outside.ndjson')) }) };
}

/**
 * The world of a flow that was kept, to be looked at: nothing goes on in it.
 * @throws {InputError} there is no such file, or it is of no use.
 */
export async function openKeptFlowWorld(flow: Flow, file: string, seed: number): Promise<FlowWorldOpened> {
  needsFile(file);
  return onDatastore(flow, await openKeptDatastore(file, 'read'), { seed, data: file });
}

/** What a flow writes stands beside its datastore. */
function needsFile(data: string | undefined): void {
  if (data === undefined || !isServer(data)) return;
  throw new InputError({
    message: `a flow is kept in a file, and "${shownPlace(data)}" is none`,
    help: 'Name a file.',
  });
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
  { catalogue, beginsAtMs }: Flow,
  datastore: Datastore,
  { seed, data }: Pick<WorldOptions, 'seed' | 'data'>,
): Promise<FlowWorldOpened> {
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
  // Files that a flow writes go where its data goes.
  const folder = data === undefined ? undefined : `${data}.files`;
  return { ...parts({ bus, clock, random }), folder, said, head, close };
}

const parts = ({ bus, clock, random }: Pick<FlowWorld, 'bus' | 'clock' | 'random'>): FlowWorld => ({
  bus,
  clock,
  random,
  ids: createIds(clock, random),
  stopwatch: () => performance.now(),
});
