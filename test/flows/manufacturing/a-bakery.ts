import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { type Actuator, MemoryActuator } from '../../../src/flows/manufacturing/control.ts';
import { beginsAtMs, entriesOf, type Row, readRows } from '../../../src/flows/manufacturing/input.ts';
import {
  type ManufacturingMessages,
  manufacturingMessages,
} from '../../../src/flows/manufacturing/messages.ts';
import { reportOf } from '../../../src/flows/manufacturing/report.ts';
import { endOf, manufacturingPipeline } from '../../../src/flows/manufacturing/run.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';
import { feed } from '../../../src/pipeline-runtime/index.ts';

export const buses = ['in-memory', 'durable'] as const;
export type BusName = (typeof buses)[number];

/** What passes over the bus. */
export type Said = {
  [Type in keyof ManufacturingMessages]: {
    readonly type: Type;
    readonly time: string;
    readonly data: ManufacturingMessages[Type];
  };
}[keyof ManufacturingMessages];

export const sampleRows = (): Promise<readonly Row[]> => readRows({ kind: 'sample' }, seededRandom(1));

/** A row by its essentials, in seconds since the beginning. */
export const row = (
  second: number,
  kind: Row['kind'],
  values: readonly number[],
  { lineId = 'line-1', by = '' } = {},
): Row => ({
  atMs: beginsAtMs + second * 1000,
  lineId,
  kind,
  lotId: kind === 'refill' ? 'flour-1' : 'lot-1',
  values,
  by,
});

/** The world outside of a process: what it finds when it is started again. */
export interface Outside {
  readonly datastore: Datastore;
  readonly actuator: Actuator;
  nowMs: number;
  lives: number;
}

export const anOutside = <Some extends Actuator>(actuator: Some) => ({
  datastore: openDatastore(),
  actuator,
  nowMs: beginsAtMs,
  lives: 0,
});

/** One process that watches over a bakery; `onMessage` sees all that passes. */
export function aProcess(busName: BusName, outside: Outside, onMessage: (message: Said) => void = () => {}) {
  const clock = new VirtualClock(outside.nowMs);
  const random = seededRandom(++outside.lives);
  const { datastore, actuator } = outside;
  const catalogue: Catalogue = manufacturingMessages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> =
    busName === 'in-memory'
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  const world = { bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 };
  const pipeline = manufacturingPipeline(world, actuator);
  bus.subscribe({ name: 'onlooker', handles: '*', handle: async (message) => onMessage(message as Said) });
  return {
    clock,
    async play(rows: readonly Row[]) {
      pipeline.start();
      await feed(pipeline, clock, entriesOf(rows), { untilMs: endOf(rows) });
      const report = await reportOf(pipeline, rows.length);
      await bus.close();
      return report;
    },
  };
}

export async function bake(
  busName: BusName,
  rows: readonly Row[],
  actuator: Actuator = new MemoryActuator(),
) {
  const outside = anOutside(actuator);
  const said: Said[] = [];
  const report = await aProcess(busName, outside, (message) => said.push(message)).play(rows);
  await outside.datastore.close();
  return { report, said };
}

/** All of one type, in the order in which they passed. */
export const only = <Type extends keyof ManufacturingMessages>(said: readonly Said[], type: Type) =>
  said.filter((each): each is Extract<Said, { type: Type }> => each.type === type);

export const failedChecks = ({ checks }: { checks: readonly { holds: boolean }[] }) =>
  checks.filter(({ holds }) => !holds);

/** Eight groups about 60 mm, with a range of 0.7 each: phase I. */
export const phaseOne = (from = 0): readonly Row[] =>
  Array.from({ length: 8 }, (_, index) => row(from + index, 'group', [59.65, 59.8, 60, 60.2, 60.35]));
