import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { seededRandom } from '../../kernel/index.ts';
import { checkReportFile } from '../../lab/replay/index.ts';
import { type Flow, type FlowInput, type FlowReport, playFlow } from '../../pipeline-runtime/index.ts';
import { aboutAll, aboutSubject, type Shown } from '../flow/about.ts';
import { converse } from '../flow/converse.ts';
import { type FlowWorldOpened, openFlowWorld, openKeptFlowWorld } from '../flow/world.ts';
import { allFlows, flowNames, flowOf } from '../flows.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { pageOn } from '../requests/screen.ts';
import { flowPage, reportDocument, speedDocument, stagesDocument } from '../view/flow.ts';
import { checkFlowUsage, type FlowFlags, withoutIdleData } from './flow-flags.ts';
import { busOption, dataOption, positiveNumber, seedOption } from './options.ts';
import { printDocument, printJson, printLines } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['flow -- --list', 'all of them, a line each'],
    ['flow order-saga', 'its sample'],
    ['flow order-saga -- --file orders.csv', 'orders of your own'],
    ['flow order-saga -- --stress --count 10000', 'generated ones: how many a second'],
    ['flow order-saga -- --interactive', 'orders as you type them; `help` says what to type'],
    ['flow order-saga -- --bus durable --data flow.db', 'on the bus that outlives the process'],
    ['flow order-saga -- --bus durable --data postgres://user@host/flow', 'in a database'],
    ['flow order-saga show -- --data flow.db', 'what has not come to its end there, and what needs a person'],
    ['flow order-saga show o4', 'one of its sample: what is kept of it, and what was said'],
    ['flow iot -- --html greenhouse.html', 'the result as a page, with pictures'],
  ],
  notes: [
    `Time is virtual: seven days take no time, and the same seed gives the same end. With --data, a flow that was
    killed goes on when the same is started again. Two write beside what is kept: etl its warehouse, order-saga what the payment
    provider knows; that is in a folder, and they do not go on without it. A flow has a file or a database of its own.`,
  ],
  exitCodes:
    '0 done; 1 ran, and something does not add up, or needs a person, or a line from a pipe made no sense; 2 bad usage or input.',
};

/** `npm run flow -- NAME`: plays a flow of the gallery, and says whether it adds up. */
export function flowCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('flow'), texts)
    .argument('[name]', flowNames.join(', '))
    .argument('[show]', 'instead of the result: what is known of one subject, or who there is')
    .argument('[subject]', 'show: of whom')
    .option('--file <file>', 'what comes from outside, as CSV; etl reads NDJSON and addresses too')
    .addOption(
      new Option('--interactive', 'what comes from outside, as you type it').conflicts(['file', 'stress']),
    )
    .addOption(new Option('--stress', 'generated input').conflicts('file'))
    .option('--count <n>', 'with --stress: how much (default: 1000)', positiveNumber)
    .addOption(busOption())
    .addOption(
      dataOption(
        'with --bus durable: keep it in this file, or in a database, postgres://user@host/name, or go on with what is there',
      ),
    )
    .option(
      '--files <folder>',
      'with --data: where it writes beside (default: FILE.files, or HOST-PORT-NAME.files)',
    )
    .addOption(seedOption())
    .option('--json', 'print the result as JSON')
    .option('--html <file>', 'write the result as a page that needs nothing else')
    .option('--list', 'list the flows, a line each')
    .action(
      async (
        name: string | undefined,
        show: string | undefined,
        subject: string | undefined,
        given: FlowFlags,
        command: Command,
      ) => {
        if (given.list === true) return list(given);
        const flags = withoutIdleData({ show }, given, command.getOptionValueSource('data') === 'env');
        checkFlowUsage({ name, show, subject }, flags);
        const flow = await flowOf(name ?? '');
        if (flags.html !== undefined) await checkReportFile(flags.html, [flags.file, flags.data]);
        exitWith(await (show === undefined ? run(flow, flags) : showOf(flow, subject, flags)));
      },
    );
}

async function list({ json }: FlowFlags): Promise<void> {
  const flows = (await allFlows()).map(({ name, does, columns }) => ({ name, does, columns }));
  if (json) printJson(flows);
  else printLines(flows.map(({ name, does }) => `${name}  ${does}`));
}

function inputOf({ interactive, file, stress, count = 1000 }: FlowFlags): FlowInput {
  if (interactive) return { kind: 'nothing' };
  if (stress) return { kind: 'load', count };
  return file === undefined ? { kind: 'sample' } : { kind: 'file', file };
}

async function within<T>(world: FlowWorldOpened, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await world.close();
  }
}

async function run(flow: Flow, flags: FlowFlags): Promise<number> {
  const { seed, json, html, interactive = false } = flags;
  const open = await flow.prepare(inputOf(flags), seededRandom(seed));
  const startedMs = performance.now();
  const world = await openFlowWorld(flow, { ...flags, isRecorded: interactive });
  let notUnderstood = 0;
  const report = await within(world, async () => {
    const opened = open(world);
    if (!interactive) return playFlow(opened);
    const play = async (): Promise<void> => {
      // The result alone belongs on stdout when a program is to read it.
      const answers = pageOn(json === true ? process.stderr : process.stdout);
      const { name } = flow;
      const forms = { typed: opened.typed ?? flow.typed, asked: opened.asked ?? [] };
      const streams = { answers, complaints: pageOn(process.stderr), streams: process };
      notUnderstood = await converse({ name, forms, flow: opened, world, ...streams });
    };
    return playFlow({ ...opened, play });
  });
  const tookMs = performance.now() - startedMs;
  const { checks, data, statistics } = report;
  const speed = speedDocument(report, tookMs);
  if (html !== undefined)
    await writeFile(
      html,
      flowPage(flow, [
        ['Result', [...reportDocument(report), ...(interactive ? [] : speed)]],
        ['Stages', stagesDocument(report)],
      ]),
    );
  if (json) printJson({ flow: flow.name, ...data, checks, statistics });
  else if (html !== undefined) printLines([`${html} is written`]);
  else printDocument([...reportDocument(report), ...(interactive ? [] : speed)]);
  return isWell(report, interactive) && notUnderstood === 0 ? 0 : 1;
}

/** What is typed may be left in the middle: then it does not add up yet. */
const isWell = ({ checks }: FlowReport, interactive: boolean): boolean =>
  interactive || checks.every(({ holds }) => holds);

/** Of what a file holds; without one, of what is played first. */
async function showOf(flow: Flow, subject: string | undefined, flags: FlowFlags): Promise<number> {
  const { data: file, seed, html, json } = flags;
  const input = file === undefined ? inputOf(flags) : ({ kind: 'nothing' } as const);
  const open = await flow.prepare(input, seededRandom(seed));
  const world = await (file === undefined
    ? openFlowWorld(flow, { ...flags, isRecorded: subject !== undefined })
    : openKeptFlowWorld(flow, file, seed));
  const { document, data, isWell } = await within(world, async (): Promise<Shown> => {
    const opened = open(world);
    if (file === undefined) await playFlow(opened);
    const nowMs = world.clock.now();
    if (subject === undefined) return aboutAll(opened, nowMs);
    const id = opened.subjectOf?.(subject) ?? subject;
    return aboutSubject(opened, id, { history: await world.said.about(id), nowMs });
  });
  if (html !== undefined) await writeFile(html, flowPage(flow, [[subject ?? 'Who there is', document]]));
  if (json) printJson(data);
  else if (html !== undefined) printLines([`${html} is written`]);
  else printDocument(document);
  return isWell ? 0 : 1;
}
