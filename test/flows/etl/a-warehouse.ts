import { createHash } from 'node:crypto';
import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../../src/bus/index.ts';
import { type Datastore, openDatastore } from '../../../src/datastore/index.ts';
import type { Catalogue } from '../../../src/events/index.ts';
import { columns } from '../../../src/flows/etl/columns.ts';
import { type Folder, MemoryFolder } from '../../../src/flows/etl/folder.ts';
import { etlMessages } from '../../../src/flows/etl/messages.ts';
import { reportOf } from '../../../src/flows/etl/report.ts';
import { beginsAtMs, etlPipeline, loadSource } from '../../../src/flows/etl/run.ts';
import type { Source } from '../../../src/flows/etl/source.ts';
import { createIds, seededRandom, VirtualClock } from '../../../src/kernel/index.ts';

export const buses = ['in-memory', 'durable'] as const;
export type BusName = (typeof buses)[number];

export const header = columns.join();

/** A file of which somebody writes the end. */
export class GrowingSource implements Source {
  readonly name: string;
  readonly format: Source['format'];
  text: string;

  constructor(text: string, { name = 'rides.csv', format = 'csv' as Source['format'] } = {}) {
    this.text = text;
    this.name = name;
    this.format = format;
  }

  async *bytes(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(this.text);
    // In chunks that fall anywhere.
    for (let from = 0; from < bytes.length; from += 37) yield bytes.subarray(from, from + 37);
  }
}

/** The world outside of a process: what it finds when it is started again. */
export interface Outside {
  readonly datastore: Datastore;
  readonly folder: Folder;
  readonly source: Source;
  nowMs: number;
  lives: number;
}

export const anOutside = <From extends Source>(source: From) => ({
  datastore: openDatastore(),
  folder: new MemoryFolder(),
  source,
  nowMs: beginsAtMs,
  lives: 0,
});

interface Sizes {
  readonly recordsAPage?: number;
  readonly rowsABatch?: number;
}

/** One process that loads what is new in the source. */
export function aProcess(busName: BusName, outside: Outside, sizes: Sizes = {}) {
  const clock = new VirtualClock(outside.nowMs);
  const random = seededRandom(++outside.lives);
  const { datastore, folder, source } = outside;
  const catalogue: Catalogue = etlMessages;
  // biome-ignore lint/suspicious/noExplicitAny: as the command line has it, for any flow.
  const bus: EventBus<any> =
    busName === 'in-memory'
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  const world = { bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 };
  const pipeline = etlPipeline(world, { source, folder, ...sizes });
  return {
    clock,
    async load() {
      pipeline.start();
      try {
        await loadSource(pipeline, world, source);
        return await reportOf(pipeline, source.name, { where: 'here' });
      } finally {
        await bus.close();
        outside.nowMs = clock.now();
      }
    },
  };
}

export async function loadText(busName: BusName, text: string, sizes: Sizes = {}) {
  const outside = anOutside(new GrowingSource(text));
  const report = await aProcess(busName, outside, sizes).load();
  await outside.datastore.close();
  return { report, folder: outside.folder };
}

/** A line for each file: its name, and what is in it. */
export const digestsOf = ({ files }: MemoryFolder): readonly string[] =>
  [...files].map(([name, bytes]) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`).sort();

export const failedChecks = ({ checks }: { checks: readonly { holds: boolean }[] }) =>
  checks.filter(({ holds }) => !holds);
