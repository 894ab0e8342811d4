import type { Command } from 'commander';
import type { HandOverName } from '../../api-driven/index.ts';
import { type Datastore, openDatastoreAt, shownPlace } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import {
  crashAndRecover,
  demoScenarios,
  isDrill,
  type RunScenarioOptions,
  runScenario,
  type Scenario,
  type ScenarioResult,
} from '../../lab/scenarios/index.ts';
import { statusOf } from '../../operations/status/index.ts';
import { terminalOf } from '../../report/index.ts';
import {
  type ArchitectureName,
  claimed,
  listenForStop,
  stockSampleShop,
  withRealProviders,
} from '../../shop/index.ts';
import { allFlows } from '../flows.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { renderHints } from '../view/hints.ts';
import { renderScenario } from '../view/scenario.ts';
import { type Played, renderSummary } from '../view/summary.ts';
import { onBus } from './at-a-broker.ts';
import { plainResult } from './demo-json.ts';
import { addFault, type DrillFlags, drillInWords, drillOf, playable, type StoryFlags } from './drill.ts';
import {
  architectureOption,
  type BusChoice,
  busOrBrokerOption,
  dataOption,
  dollars,
  handOverOption,
  realProvidersHelp,
  seedOption,
} from './options.ts';
import { printJson, printLines } from './print.ts';
import { remarkOnHandOver } from './remarks.ts';

interface DemoOptions extends DrillFlags, StoryFlags {
  architecture: ArchitectureName;
  bus: BusChoice;
  handOver: HandOverName;
  data?: string;
  seed: number;
  full?: boolean;
  json?: boolean;
  quiet?: boolean;
  list?: boolean;
}

const texts: HelpTexts = {
  examples: [
    ['demo', 'the four main scenarios'],
    ['demo quiet-hours', 'one scenario'],
    ['demo all -- --quiet', 'every scenario, the summary only'],
    ['demo price-drop -- --json', 'as data'],
    ['demo sms-outage -- --bus durable', 'a provider fails, on the bus that outlives the process'],
    ['demo -- --bus redis://127.0.0.1:6379', 'on Redis Streams; nothing is left there'],
    ['demo all -- --architecture api-driven', 'the same shop, where services call the notifier'],
    ['demo price-drop -- --fault sms-down', 'break a provider: a channel, and down, slow, busy or blocked'],
    ['demo price-drop -- --product helmet --price 49', 'a price of your own'],
    ['demo dead-letter -- --leave-broken', 'mend and re-drive nothing: with --data, do it yourself'],
    ['demo -- --data shop.db', 'keep it, to ask `npm run explain` about it'],
  ],
  notes: [realProvidersHelp],
};

/** `npm run demo [scenario …]`: plays scenarios and shows what happened. */
export function demoCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('demo'), texts)
    .argument('[scenario...]', 'names of scenarios, or "all"; without one, the four main ones')
    .addOption(architectureOption())
    .addOption(busOrBrokerOption())
    .addOption(handOverOption())
    .addOption(dataOption('keep the datastore in a new file, or in a database: postgres://user@host/name'))
    .addOption(seedOption())
    .option(
      '--fault <name>',
      'what fails at a provider until all is over: sms-down; may be given again',
      addFault,
    )
    .option('--product <id>', 'price-drop: of which product: helmet, gloves or bike')
    .option('--price <dollars>', 'price-drop: what it costs then', dollars)
    .option('--leave-broken', 'mend no provider and re-drive nothing in the end')
    .option('--full', 'show mails to their end')
    .option('--json', 'print the results as JSON')
    .option('--quiet', 'print the summary only')
    .option('--list', 'list the scenarios, a line each')
    .action(async (names: readonly string[], options: DemoOptions, command: Command) => {
      if (options.list === true) return printList();
      const startedMs = performance.now();
      const stories = playable(names, options);
      const lasting = stories.includes(crashAndRecover) ? [crashAndRecover.name] : [];
      remarkOnHandOver(command, options, lasting);
      const stop = listenForStop();
      try {
        const { signal } = stop;
        const played = await withRealProviders(signal, (providers) =>
          onBus(options.bus, (bus) =>
            playAll(stories, { ...options, bus: 'in-memory', ...bus, ...providers, signal }),
          ),
        );
        print({ ...played, tookMs: performance.now() - startedMs, ...drillInWords(options) }, options);
        if (signal.aborted) process.stderr.write(`${interrupted(played, stories, options)}\n`);
        exitWith(isDrill(drillOf(options)) || played.results.every(({ ok }) => ok) ? 0 : 1);
      } finally {
        stop.release();
      }
    });
}

/** What a stop has left undone. */
function interrupted(
  { results }: Pick<Played, 'results'>,
  stories: readonly Scenario[],
  { data }: DemoOptions,
) {
  const rest =
    data === undefined ? '' : `; npm run resume -- --data ${shownPlace(data)} takes up what is left`;
  return `interrupted: scenarios played to the end: ${results.length} of ${stories.length}${rest}`;
}

type PlayOptions = Omit<DemoOptions, 'bus'> &
  Pick<RunScenarioOptions, 'bus' | 'broker' | 'channels' | 'admin' | 'signal'>;

async function playAll(
  stories: readonly Scenario[],
  options: PlayOptions,
): Promise<Pick<Played, 'results' | 'figures'>> {
  const opened = await openDatastoreAt(options.data);
  try {
    const datastore = await claimed(opened, { isAlone: true });
    await refuseUsed(datastore, options.data);
    await stockSampleShop(datastore);
    const { architecture, bus, broker, handOver, seed, channels = [], admin, signal } = options;
    const results: ScenarioResult[] = [];
    for (const story of stories) {
      const running = {
        architecture,
        ...(broker ? { broker } : bus && { bus }),
        handOver,
        seed,
        datastore,
        channels,
        ...(admin && { admin }),
        drill: drillOf(options),
        ...(signal && { signal }),
      };
      const result = await unlessStopped(runScenario(story, running), signal);
      if (result === undefined) break;
      results.push(result);
    }
    // Nothing else was ever requested there.
    return { results, figures: statusOf(await datastore.statistics.deliveries()) };
  } finally {
    await opened.close();
  }
}

/** Undefined after a stop: what was broken off says nothing about what it promises, and may have lost its processes. */
async function unlessStopped<T>(work: Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  try {
    const result = await work;
    return signal?.aborted ? undefined : result;
  } catch (thrown) {
    if (signal?.aborted) return undefined;
    throw thrown;
  }
}

async function refuseUsed(datastore: Datastore, file: string | undefined): Promise<void> {
  if (await datastore.isEmpty()) return;
  throw new InputError({
    message: `"${shownPlace(file ?? '')}" holds a shop already`,
    help: 'Name a new one, or delete this one.',
  });
}

function print(played: Played, options: DemoOptions): void {
  const { json, quiet } = options;
  const { results } = played;
  if (json === true) {
    printJson(results.map(plainResult));
    return;
  }
  if (results.length === 0) return;
  const terminal = terminalOf(process.stdout);
  const asked = { ...options, isDrill: isDrill(drillOf(options)), isFull: options.full === true };
  const timelines = results.flatMap((result) => renderScenario(result, terminal, asked));
  const summary = renderSummary(played, terminal);
  if (quiet === true) printLines(summary);
  else printLines([...timelines, ...summary, ...renderHints(results, asked, terminal)]);
}

async function printList(): Promise<void> {
  const flows = await allFlows();
  const width = Math.max(...[...demoScenarios, ...flows].map(({ name }) => name.length));
  printLines([
    ...demoScenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title}`),
    '',
    'and, by `npm run flow -- NAME`, flows on the runtime of pipelines:',
    ...flows.map(({ name, does }) => `${name.padEnd(width)}  ${does}`),
  ]);
}
