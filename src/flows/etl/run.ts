import { fileURLToPath } from 'node:url';
import { millisecondsInDay } from 'date-fns/constants';
import { InputError, type Random } from '../../kernel/index.ts';
import {
  entryOf,
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { cleanStage } from './clean.ts';
import { type Extracted, extractStage } from './extract.ts';
import { diskFolder, type Folder, forgetfulFolder } from './folder.ts';
import { httpSource, isAddress } from './http-source.ts';
import { loadStage } from './load.ts';
import { type EtlMessages, etlMessages as messages } from './messages.ts';
import { SourceReader, type Watermark } from './reader.ts';
import { lastRun, reportOf, reportStage } from './report.ts';
import { fileSource, generatedSource, type Source, typedSource } from './source.ts';
import { aggregateStage, deduplicateStage, transformStage } from './transform.ts';

export const beginsAtMs = Date.parse('2026-03-03T02:00:00Z');

const sample = fileURLToPath(new URL('./rides.csv', import.meta.url));

export interface EtlPorts {
  readonly source: Source;
  readonly folder: Folder;
  /** Records under way at a time. Default 50. */
  readonly recordsAPage?: number;
  /** With so many rows, rides and what was rejected, a batch is written, or with a page more. Default 1,000. */
  readonly rowsABatch?: number;
}

/** The stages from a source to the warehouse over the world's bus. */
export const etlPipeline = (
  world: FlowWorld,
  { source, folder, recordsAPage = 50, rowsABatch = 1000 }: EtlPorts,
): Pipeline<EtlMessages> =>
  new Pipeline<EtlMessages>({
    ...world,
    stages: [
      extractStage(source, recordsAPage),
      cleanStage,
      transformStage,
      deduplicateStage,
      aggregateStage,
      loadStage(folder, rowsABatch),
      reportStage,
    ],
  });

/**
 * Loads what is new in a source; or goes on with a run that was killed or halted. The pipeline has been started.
 * @throws {InputError} when what was loaded is not there any more as it was: nothing is changed.
 */
export async function loadSource(
  pipeline: Pipeline<EtlMessages>,
  { bus, clock }: Pick<FlowWorld, 'bus' | 'clock'>,
  source: Source,
): Promise<void> {
  const { watermark } = ((await pipeline.stateOf('extract', source.name)) ?? {}) as Partial<Extracted>;
  await check(source, watermark ?? undefined);
  for (const { id, message } of await bus.deadLetters())
    if ((message as { subject?: string }).subject === source.name) await bus.redrive(id);
  const { completed } = await lastRun(pipeline, source.name);
  const run = `run-${completed + 1}`;
  // The next night. The same run again is the same message, which the bus does not take again.
  const atMs = beginsAtMs + completed * millisecondsInDay;
  const started = entryOf(messages.EtlStarted, { source: source.name, run, hops: 0 }, { atMs, place: run });
  await feed(pipeline, clock, [started]);
}

/**
 * One that is down now is left to the stage that reads it, which asks again.
 * @throws {InputError} for a source that is of no use, or has changed before the watermark.
 */
async function check(source: Source, watermark: Watermark | undefined): Promise<void> {
  try {
    const reader = await SourceReader.open(source, watermark);
    await reader.close();
  } catch (thrown) {
    if (thrown instanceof InputError) throw thrown;
  }
}

/** Opens a source, and gives what loads it. */
export async function prepareLoad(input: FlowInput, random: Random): Promise<(world: FlowWorld) => OpenFlow> {
  const source = await sourceOf(input, random);
  const isTyped = input.kind === 'nothing';
  if (!isTyped) await check(source, undefined);
  return (world) => {
    const folder = world.folder === undefined ? forgetfulFolder : diskFolder(world.folder);
    const pipeline = etlPipeline(world, { source, folder });
    return {
      pipeline,
      play: () => (isTyped ? feed(pipeline, world.clock, []) : loadSource(pipeline, world, source)),
      report: () =>
        reportOf(pipeline, source.name, {
          where: world.folder ?? 'not kept: --bus durable --data FILE keeps it',
        }),
    };
  };
}

async function sourceOf(input: FlowInput, random: Random): Promise<Source> {
  switch (input.kind) {
    case 'load':
      return generatedSource(input.count, random);
    case 'file':
      return isAddress(input.file) ? httpSource(input.file) : fileSource(input.file);
    case 'sample':
      return fileSource(sample);
    case 'nothing':
      return typedSource;
  }
}
