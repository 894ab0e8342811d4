import { Argument, type Command } from 'commander';
import type { Datastore } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import {
  catchUp,
  projectionOf,
  projections,
  projectionsDocument,
  rebuild,
  rowsDocument,
  rowsOf,
  stateOf,
} from '../../operations/projections/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { dataOption, positiveNumber } from './options.ts';
import { printDocument, printJson } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['projections -- list --data shop.db'],
    ['projections -- show order-overview --data shop.db'],
    ['projections -- show customer-reach --data shop.db --json'],
    ['projections -- rebuild --data shop.db', 'all of them'],
    ['projections -- rebuild order-overview --data shop.db'],
  ],
  notes: [
    `What a projection keeps is made of the event log alone. \`show\` first reads what is new there; \`rebuild\`
    reads all of it again, and what was there is shown until that is complete. It may all be used while the
    shop is running. Without --data, of a fresh run of all the demo's scenarios.`,
  ],
  exitCodes: '0 done; 1 an event has stopped a projection, or the datastore failed; 2 bad usage or input.',
};

type Action = 'list' | 'show' | 'rebuild';

interface Flags {
  readonly data?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `npm run projections`: what is kept beside the event log, made of it. */
export function projectionsCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('projections'), texts)
    .addArgument(
      new Argument('<action>', 'what to do').choices(['list', 'show', 'rebuild'] satisfies Action[]),
    )
    .argument('[name...]', projections.map(({ name }) => name).join(', '))
    .addOption(dataOption())
    .option('--limit <n>', 'show: at most so many rows', positiveNumber, 50)
    .option('--json', 'print the result as JSON')
    .action(async (action: Action, names: readonly string[], flags: Flags) => {
      checkUsage(action, names);
      for (const name of names) projectionOf(name);
      exitWith(await run(action, names, flags));
    });
}

function checkUsage(action: Action, names: readonly string[]): void {
  const refuse = (message: string, help: string): never => {
    throw new InputError({ message, help });
  };
  if (action === 'list' && names.length > 0) refuse('list takes no names', 'It lists all of them.');
  if (action === 'show' && names.length !== 1)
    refuse('show needs the name of one projection', 'See `npm run projections -- list`.');
}

async function run(action: Action, names: readonly string[], flags: Flags): Promise<number> {
  const datastore = await open(action, flags.data);
  try {
    if (action === 'show') return await show(datastore, names[0] ?? '', flags);
    const chosen = names.length === 0 ? projections : names.map(projectionOf);
    if (action === 'rebuild') for (const projection of chosen) await rebuild(datastore, projection);
    const states = await Promise.all(chosen.map((each) => stateOf(datastore, each)));
    if (flags.json) printJson(states);
    else printDocument(projectionsDocument(states));
    return states.some(({ live, unfinished }) => (unfinished ?? live)?.failure) ? 1 : 0;
  } finally {
    await datastore.close();
  }
}

async function open(action: Action, file: string | undefined): Promise<Datastore> {
  if (file !== undefined) return openKeptDatastore(file, action === 'list' ? 'read' : 'change');
  return (await import('../../lab/scenarios/index.ts')).loadDemoDatastore();
}

async function show(datastore: Datastore, name: string, { limit, json }: Flags): Promise<number> {
  const { failure } = await catchUp(datastore, projectionOf(name));
  // All customers are counted; orders are listed.
  const most = name === 'customer-reach' && !json ? Number.POSITIVE_INFINITY : limit;
  const rows: { key: string; value: unknown }[] = [];
  let hasMore = false;
  for await (const row of rowsOf(datastore, name)) {
    hasMore = rows.length === most;
    if (hasMore) break;
    rows.push(row);
  }
  if (json) printJson({ name, rows, hasMore, failure });
  else printDocument(rowsDocument({ name, rows, hasMore }));
  if (failure === null) return 0;
  process.stderr.write(
    `projections: ${name} has stopped at position ${failure.position}: ${failure.reason}\n`,
  );
  return 1;
}
