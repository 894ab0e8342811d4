import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { beginsAtMs, endOf, entriesOf, type ReadingRow, readRows } from '../../../src/flows/iot/input.ts';
import { type IotMessages, iotMessages } from '../../../src/flows/iot/messages.ts';
import { reportOf } from '../../../src/flows/iot/report.ts';
import { iotPipeline } from '../../../src/flows/iot/run.ts';
import type { Columns, ReadingStore } from '../../../src/flows/iot/store.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { feed } from '../../../src/pipeline-runtime/index.ts';

export const buses = ['in-memory', 'durable'] as const;
export type BusName = (typeof buses)[number];

/** What passes over the bus. */
export type Said = {
  [Type in keyof IotMessages]: {
    readonly type: Type;
    readonly time: string;
    readonly data: IotMessages[Type];
  };
}[keyof IotMessages];

export const sampleRows = (): Promise<readonly ReadingRow[]> => readRows({ kind: 'sample' }, seededRandom(1));

/**
 * Some of it: a plant that gets warm, readings that are late, doubled and broken, and a sensor that falls silent, in so few
 * readings that one can let a process die at every step of them.
 */
export async function shortRows(): Promise<readonly ReadingRow[]> {
  const rows = await sampleRows();
  const late = beginsAtMs + 200_000;
  const tomato = rows.filter(({ sensorId, seq }) => sensorId === 'tomato' && seq >= 20 && seq <= 37);
  const orchid = rows.filter(({ sensorId, seq }) => sensorId === 'orchid' && seq >= 20 && seq <= 21);
  const troubled: readonly ReadingRow[] = tomato.flatMap((row) => {
    if (row.seq === 24) return [row, row];
    if (row.seq === 33) return [row, { ...row, seq: 19, atMs: late }, { ...row, seq: 18, value: null }];
    return [row];
  });
  return [...orchid, ...troubled];
}

/** Keeps each batch that it is given under its number. */
export class KeepingStore implements ReadingStore {
  readonly batches = new Map<number, string>();
  /** Batches that came again with something else in them. */
  readonly changed: number[] = [];

  async put(batch: number, columns: Columns): Promise<number> {
    const rows = columns.values.map(
      (value, index) => `${columns.sensorIds[index]} ${columns.atMs[index]} ${value}`,
    );
    const text = rows.join('\n');
    if ((this.batches.get(batch) ?? text) !== text) this.changed.push(batch);
    this.batches.set(batch, text);
    return rows.length;
  }

  get rows(): readonly string[] {
    return [...this.batches.values()].flatMap((text) => text.split('\n'));
  }
}

/** The world outside of a process: what it finds when it is started again. */
export interface Outside {
  readonly datastore: Datastore;
  readonly store: ReadingStore;
  nowMs: number;
  lives: number;
}

export const anOutside = <Store extends ReadingStore>(store: Store) => ({
  datastore: openDatastore(),
  store,
  nowMs: beginsAtMs,
  lives: 0,
});

/** One process that takes readings; `onMessage` sees all that passes. */
export function aProcess(busName: BusName, outside: Outside, onMessage: (message: Said) => void = () => {}) {
  const clock = new VirtualClock(outside.nowMs);
  const random = seededRandom(++outside.lives);
  const { datastore } = outside;
  const catalogue: Catalogue = iotMessages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> =
    busName === 'in-memory'
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  const ids = createIds(clock, random);
  const pipeline = iotPipeline({ bus, clock, ids, random, stopwatch: () => 0 }, outside.store);
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => onMessage(message as Said) });
  return {
    clock,
    pipeline,
    async play(rows: readonly ReadingRow[]) {
      const entries = entriesOf(rows);
      pipeline.start();
      await feed(pipeline, clock, entries, { untilMs: endOf(entries) });
      const report = await reportOf(pipeline, rows.length);
      await bus.close();
      return report;
    },
  };
}

export async function playReadings(
  busName: BusName,
  rows: readonly ReadingRow[],
  store = new KeepingStore(),
) {
  const outside = anOutside(store);
  const said: Said[] = [];
  const report = await aProcess(busName, outside, (message) => said.push(message)).play(rows);
  await outside.datastore.close();
  return { report, said, store };
}

/** All of one type, in the order in which they passed. */
export const only = <Type extends keyof IotMessages>(said: readonly Said[], type: Type) =>
  said.filter((each): each is Extract<Said, { type: Type }> => each.type === type);
