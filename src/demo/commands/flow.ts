import { type Command, Option } from 'commander';
import { DurableEventBus, type EventBus, InMemoryEventBus } from '../../bus/index.ts';
import { type Datastore, openDatastore } from '../../datastore/index.ts';
import { createIds, InputError, seededRandom, VirtualClock } from '../../kernel/index.ts';
import { type Flow, type FlowInput, type FlowReport, playFlow } from '../../pipeline-runtime/index.ts';
import { type BusName, claimed } from '../../shop/index.ts';
import { allFlows, flowNames, flowOf } from '../flows.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { flowDocument } from '../view/flow.ts';
import { busOption, positiveNumber, seedOption } from './options.ts';
import { printDocument, printJson, printLines } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['flow -- --list', 'all of them, a line each'],
    ['flow order-saga', 'its sample'],
    ['flow order-saga -- --file orders.csv', 'orders of your own'],
    ['flow order-saga -- --stress --count 10000', 'generated ones: how many a second'],
    ['flow order-saga -- --bus durable --data flow.db', 'on the bus that outlives the process'],
  ],
  notes: [
    `Time is virtual: seven days take no time, and the same seed gives the same end. With --data, a flow that was
    killed goes on when the same is started again.`,
  ],
  exitCodes: '0 done; 1 ran, and something does not add up; 2 bad usage or input.',
};

interface Flags {
  readonly file?: string;
  readonly stress?: boolean;
  readonly count?: number;
  readonly bus: BusName;
  readonly data?: string;
  readonly seed: number;
  readonly json?: boolean;
  readonly list?: boolean;
}

/** `npm run flow -- NAME`: plays a flow of the gallery, and says whether it adds up. */
export function flowCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('flow'), texts)
    .argument('[name]', flowNames.join(', '))
    .option('--file <file>', 'what comes from outside, as CSV')
    .addOption(new Option('--stress', 'generated input').conflicts('file'))
    .option('--count <n>', 'with --stress: how much (default: 1000)', positiveNumber)
    .addOption(busOption())
    .option('--data <file>', 'with --bus durable: keep it in this file, or go on with what it holds')
    .addOption(seedOption())
    .option('--json', 'print the result as JSON')
    .option('--list', 'list the flows, a line each')
    .action(async (name: string | undefined, flags: Flags) => {
      if (flags.list === true) return list(flags);
      checkUsage(name, flags);
      const flow = await flowOf(name ?? '');
      const run = await flow.prepare(inputOf(flags), seededRandom(flags.seed));
      const startedMs = performance.now();
      const report = await play(flow, run, flags);
      const tookMs = performance.now() - startedMs;
      print(flow, report, { ...flags, tookMs });
      exitWith(report.checks.every(({ holds }) => holds) ? 0 : 1);
    });
}

async function list({ json }: Flags): Promise<void> {
  const flows = (await allFlows()).map(({ name, does, columns }) => ({ name, does, columns }));
  if (json) printJson(flows);
  else printLines(flows.map(({ name, does }) => `${name}  ${does}`));
}

function checkUsage(name: string | undefined, { stress, count, bus, data }: Flags): void {
  const refuse = (message: string, help: string): never => {
    throw new InputError({ message, help });
  };
  if (name === undefined) refuse('no flow is named', `Give one of ${flowNames.join(', ')}, or --list.`);
  if (count !== undefined && !stress) refuse('--count is of no use here', 'It goes with --stress.');
  if (data !== undefined && bus !== 'durable')
    refuse('--data is of no use here', 'It goes with --bus durable.');
}

function inputOf({ file, stress, count = 1000 }: Flags): FlowInput {
  if (stress) return { kind: 'load', count };
  return file === undefined ? { kind: 'sample' } : { kind: 'file', file };
}

async function play(
  flow: Flow,
  run: Awaited<ReturnType<Flow['prepare']>>,
  { bus: busName, data, seed }: Flags,
): Promise<FlowReport> {
  const datastore = busName === 'durable' ? await open(data) : undefined;
  // What a file holds must not be said again with the same ids.
  const head = (await datastore?.consumption.head()) ?? 0;
  const latestMs = (await datastore?.statistics.latestMs()) ?? 0;
  const random = seededRandom(seed + head);
  const clock = new VirtualClock(Math.max(flow.beginsAtMs, latestMs));
  const { catalogue } = flow;
  // biome-ignore lint/suspicious/noExplicitAny: the catalogue of whatever flow it is.
  const bus: EventBus<any> =
    datastore === undefined
      ? new InMemoryEventBus({ catalogue, clock, random })
      : new DurableEventBus({ catalogue, clock, random, datastore });
  try {
    const stopwatch = (): number => performance.now();
    return await playFlow(run({ bus, clock, ids: createIds(clock, random), random, stopwatch }));
  } finally {
    await bus.close();
    await datastore?.close();
  }
}

const open = (file: string | undefined): Promise<Datastore> =>
  claimed(openDatastore(file === undefined ? {} : { file }));

function print(flow: Flow, report: FlowReport, { json, tookMs }: Flags & { tookMs: number }): void {
  const perSecond = Math.round((report.count * 1000) / tookMs);
  const { checks, data, statistics } = report;
  if (json) printJson({ flow: flow.name, ...data, checks, statistics });
  else printDocument(flowDocument(report, { tookMs, perSecond }));
}
