import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { InputError } from '../../kernel/index.ts';
import type { Comparison } from '../../lab/comparison/index.ts';
import {
  type CompareOptions,
  compare,
  comparisonMarkdown,
  comparisonPage,
  outdated,
  readPage,
  renderScenarioScreen,
  renderSummaryScreen,
  undeclaredDifferences,
} from '../../lab/comparison/index.ts';
import { checkReportFile } from '../../lab/replay/index.ts';
import type { Scenario } from '../../lab/scenarios/index.ts';
import { chooseScenarios } from '../../lab/scenarios/index.ts';
import { terminalOf } from '../../report/index.ts';
import { listenForStop } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { addShadowOptions, compareShadow, type ShadowFlags, shadowFileOf } from './compare-shadow.ts';
import { printJson, printLines } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['compare', 'the answer, the summary, and what they rest on'],
    ['compare -- --paths', 'the paths of the four main scenarios too'],
    ['compare price-drop -- --paths', 'the path of one scenario'],
    ['compare -- --thorough', 'times and throughput too, and rates that are surer, which takes minutes'],
    ['compare -- --json', 'all figures as data'],
    ['compare -- --thorough --markdown', 'write docs/COMPARISON.md'],
    ['compare -- --html comparison.html', 'a page with diagrams, for any browser'],
    [
      'compare -- --data postgres://shop@127.0.0.1:5432/postgres',
      'each architecture once more, with its shop on that server',
    ],
    ['compare -- --check', 'does docs/COMPARISON.md still say what the code does?'],
    [
      'compare -- --shadow history.ndjson --architecture event-sourced --against api-driven',
      'what would be decided otherwise, delivery by delivery',
    ],
  ],
  notes: [
    'It takes a quarter of a minute on two idle cores. Every figure is measured in that run. --thorough takes minutes:',
    'times and throughput too, with ten thousand commands each way, and 150 kills each way in place of 25, with which',
    'docs/COMPARISON.md is written and checked.',
    'With --data each run on the server has a database of its own, which is taken away again, after Ctrl-C too; what stands in',
    'the one that is named is left alone. Its user has to be allowed to make databases. It takes minutes.',
  ],
  exitCodes: `0 done; 1 ran, and there is a difference that no architecture declares, or the page is out of date, or
    two architectures decide differently; 2 bad usage or input, or stopped before it was done.`,
};

const defaultPage = 'docs/COMPARISON.md';
/** A screen may be used as far as four columns can be read. */
const widest = 220;

interface Flags extends ShadowFlags {
  readonly markdown?: string | true;
  readonly html?: string;
  readonly check?: string | true;
  readonly thorough?: boolean;
  readonly paths?: boolean;
  readonly data?: string;
}

/** `npm run compare [scenario …]`: measures what each architecture costs, and what it does when things break. */
export function compareCommand(exitWith: (code: number) => void): Command {
  const command = withTexts(helpfulCommand('compare'), texts)
    .argument('[scenario...]', 'names of scenarios, or "all"; without one, the four main ones')
    .option('--paths', 'show the path of each scenario too')
    .option(
      '--thorough',
      'measure times and throughput too, kill six times as often, and try all 23 orders of events in place of 6',
    )
    .option(
      '--data <server>',
      'measure each architecture on a server too: postgres://user@host/name, any database of it',
    )
    .addOption(new Option('--json', 'print the comparison as one JSON object').conflicts('check'))
    .option('--markdown [file]', `write the page for the documentation (default: ${defaultPage})`)
    .option('--html <file>', 'write a page that needs nothing else')
    .addOption(
      new Option(
        '--check [file]',
        `write nothing; say whether ${defaultPage} matches, times aside`,
      ).conflicts(['markdown', 'html', 'thorough']),
    );

  return addShadowOptions(command).action(async (names: readonly string[], flags: Flags) => {
    const file = shadowFileOf(names, flags);
    exitWith(await (file === undefined ? run(chooseScenarios(names), flags) : compareShadow(file, flags)));
  });
}

async function run(stories: readonly Scenario[], flags: Flags): Promise<number> {
  refuseServerOn(flags);
  const pages = pagesOf(flags);
  // The work is long, and should not be in vain.
  for (const { file } of pages) await checkReportFile(file, []);
  const written = flags.check === undefined ? undefined : await readPage(fileOf(flags.check));
  const behaviour = flags.thorough === true ? 'measured' : written?.hasTimes === true ? 'masked' : 'left-out';
  // What is kept is to be as sure as can be, and is checked with the same.
  const isKept = flags.thorough === true || flags.markdown !== undefined || written !== undefined;
  const comparison = await measured({
    scenarios: stories,
    behaviour,
    samples: isKept ? 'many' : 'few',
    ...(flags.data !== undefined && { server: flags.data }),
  });
  for (const { file, textOf } of pages) await writeFile(file, textOf(comparison));
  const complaints = [
    ...undeclared(comparison),
    ...(written === undefined ? [] : outdated(comparison, written)),
  ];
  if (flags.json === true) printJson(comparison);
  else if (written !== undefined) printLines(complaints.length === 0 ? [`${written.file} is true`] : []);
  else if (pages.length > 0) printLines(pages.map(({ file }) => `${file} is written`));
  else printLines([...screens(comparison, flags.paths === true), ...leftOut(flags)]);
  for (const complaint of complaints) process.stderr.write(`✗ ${complaint}\n`);
  return complaints.length === 0 ? 0 : 1;
}

interface Page {
  readonly file: string;
  textOf(comparison: Comparison): string;
}

const pagesOf = ({ markdown, html }: Flags): Page[] => [
  ...(markdown === undefined ? [] : [{ file: fileOf(markdown), textOf: comparisonMarkdown }]),
  ...(html === undefined ? [] : [{ file: html, textOf: comparisonPage }]),
];

/** @throws {InputError} */
function refuseServerOn({ markdown, data }: Flags): void {
  if (markdown !== true || data === undefined) return;
  const message = `${defaultPage} is written, and checked, without a server`;
  throw new InputError({ message, help: 'Name another page: --markdown FILE.' });
}

const fileOf = (given: string | true): string => (given === true ? defaultPage : given);

/** Ctrl-C ends it at once where there is nothing to take away. */
async function measured(options: CompareOptions): Promise<Comparison> {
  const stop = options.server === undefined ? undefined : listenForStop();
  try {
    return await compare({ ...options, ...(stop && { signal: stop.signal }), onProgress: showProgress });
  } finally {
    stop?.release();
    showProgress(undefined);
  }
}

function showProgress(what: string | undefined): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\u001b[K${what === undefined ? '' : `measuring ${what} …`}`);
}

/** The answer first; the paths, which are long, last and when asked for. */
function screens(comparison: Comparison, withPaths: boolean): string[] {
  const terminal = terminalOf(process.stdout, widest);
  return [
    ...renderSummaryScreen(comparison, terminal),
    ...(withPaths
      ? comparison.scenarios.flatMap((scenario) => renderScenarioScreen(scenario, terminal))
      : []),
  ];
}

const leftOut = ({ paths, thorough }: Flags): string[] => [
  ...(paths === true ? [] : ['The path of each scenario, step by step: npm run compare -- --paths']),
  ...(thorough === true
    ? []
    : ['Times, throughput and surer rates, in minutes: npm run compare -- --thorough']),
];

const undeclared = (comparison: Comparison): string[] => [
  ...comparison.scenarios.flatMap(({ scenario, differences }) =>
    differences.map((difference) => `${scenario}: ${difference}`),
  ),
  ...undeclaredDifferences(comparison).map((difference) => `no architecture declares this: ${difference}`),
];
