import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InMemoryEventBus } from '../../src/bus/index.ts';
import { allFlows } from '../../src/demo/index.ts';
import { createIds, seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import type { Flow, OpenFlow } from '../../src/pipeline-runtime/index.ts';
import { code, page, prose, table } from './markdown.ts';

/** What `npm run bench -- flows --keep` has written. */
interface Measured {
  readonly on: {
    readonly date: string;
    readonly node: string;
    readonly cores: number;
    readonly load: number;
  };
  readonly rows: readonly {
    readonly name: string;
    readonly perSecond: number;
    readonly target: number | null;
    readonly timesLoop: number | null;
  }[];
}

type Stage = OpenFlow['pipeline']['stages'][number];

/** Every flow of the gallery: what it is to be read for, how its stages fail, how long it is, how fast it was. */
export async function flowsPage(root: string): Promise<string> {
  const flows = await Promise.all(
    (await allFlows()).map(async (flow) => ({ flow, open: await opened(flow) })),
  );
  const { on, rows } = JSON.parse(readFileSync(join(root, 'bench/flows.json'), 'utf8')) as Measured;
  const linkOf = ({ name }: Flow): string => `[${name}](../src/flows/${name}/README.md)`;
  return page([
    '# Flows',
    '<!-- Made by `npm run reference` from the flows and bench/flows.json; a test fails when it is stale. -->',
    'The gallery on the [runtime of pipelines](../src/pipeline-runtime/README.md). `npm run flow -- NAME` plays one; a process on the durable bus may die at any operation of each, and comes to the same end.',
    '## What each is to be read for',
    table(
      ['flow', 'what it is', 'patterns'],
      flows.map(({ flow }) => [linkOf(flow), prose(flow.does), prose(flow.shows)]),
    ),
    '## How stages fail',
    'What is left out is as the runtime has it: no retry, 30 s, then a dead letter. Behind each stage that is tried again, how often. A last word is what a stage says of a message that it gives up.',
    table(
      ['flow', 'stages', 'tried again', 'breaker', 'time limit', 'last word', 'saga'],
      flows.map(({ flow, open: { pipeline, saga } }) => [
        flow.name,
        String(pipeline.stages.length),
        namesOf(
          pipeline.stages,
          ({ retry }) => retry?.attempts ?? false,
          ({ retry }) => ` ×${retry?.attempts}`,
        ),
        namesOf(pipeline.stages, ({ breaker }) => breaker),
        namesOf(
          pipeline.stages,
          ({ timeoutMs }) => timeoutMs,
          ({ timeoutMs = 0 }) => ` ${timeoutMs / 1000} s`,
        ),
        namesOf(pipeline.stages, ({ giveUp }) => giveUp),
        saga === undefined ? '' : code(saga),
      ]),
    ),
    '## How long, and how fast',
    `Lines are those with code in the flow’s folder, to the nearest fifty. Events a second are of generated input on the bus in memory, from the first submission to the report; the loop does the same work with no bus. Measured on ${on.date} by \`npm run bench -- flows --keep\`, Node ${on.node}, ${on.cores} cores, ${loadInWords(on)}.`,
    table(
      ['flow', 'lines', 'events a second', 'target', 'times the loop'],
      flows.map(({ flow: { name } }) => {
        const row = rows.find((each) => each.name === name);
        return [
          name,
          String(linesOf(join(root, 'src/flows', name))),
          figure(row?.perSecond),
          figure(row?.target),
          row?.timesLoop ? row.timesLoop.toFixed(row.timesLoop < 10 ? 1 : 0) : '',
        ];
      }),
    ),
  ]);
}

const loadInWords = ({ cores, load }: Measured['on']): string =>
  load > cores + 1
    ? `which ${load} programs wanted at once: each had a small share, so that a quiet machine does several times as much, and ratios are rough`
    : 'which nothing else wanted';

/** Opened and not started: its stages are there to be looked at. */
async function opened(flow: Flow): Promise<OpenFlow> {
  const random = seededRandom(1);
  const clock = new VirtualClock(flow.beginsAtMs);
  const bus = new InMemoryEventBus({ catalogue: flow.catalogue, clock, random });
  const open = await flow.prepare({ kind: 'sample' }, random);
  return open({ bus, clock, ids: createIds(clock, random), random, stopwatch: () => 0 });
}

const namesOf = (
  stages: readonly Stage[],
  has: (stage: Stage) => unknown,
  more: (stage: Stage) => string = () => '',
): string =>
  stages
    .filter((stage) => Boolean(has(stage)))
    .map((stage) => `${code(stage.name)}${more(stage)}`)
    .join(', ');

const figure = (value: number | null | undefined): string => value?.toLocaleString('en') ?? '';

/** Comments and blank lines left out. */
function linesOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  const withCode = lines.filter((line) => !/^\s*($|\/\/|\/\*|\*)/.test(line));
  return Math.round(withCode.length / 50) * 50;
}
