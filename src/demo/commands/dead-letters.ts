import type { Command } from 'commander';
import { shownPlace } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import type { Letter } from '../../operations/dead-letters/index.ts';
import {
  deadLetterStore,
  findLetters,
  letterDocument,
  listDocument,
  plainLetter,
  plainView,
} from '../../operations/dead-letters/index.ts';
import type { ArchitectureName } from '../../shop/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { withOpened } from './opened.ts';
import { architectureOption, dataOption, positiveNumber, realProvidersHelp } from './options.ts';
import { printDocument, printJson, printLines } from './print.ts';

const exitCodes =
  '0 done; 1 something is dead again or its address suppressed, or the datastore failed; 2 bad usage or input.';

const notes = [
  `A delivery's id may be cut off in front of a colon where only one dead letter begins like it. All ids are looked
  up before anything is done.`,
];
const whileRunning = 'May be used while the shop is running.';

const texts = {
  list: {
    examples: [['dead-letters -- list --data shop.db']],
    notes: [whileRunning],
  },
  show: {
    examples: [['dead-letters -- show order-shipped:ord-1001:ada:email --data shop.db']],
    notes: [...notes, whileRunning],
  },
  redrive: {
    examples: [
      ['dead-letters -- redrive order-shipped:ord-1001 message-3 --data shop.db'],
      ['dead-letters -- redrive --all --data shop.db'],
    ],
    notes: [
      ...notes,
      `Opens the shop where it stopped: with providers that are well, and with its clock moved as far as the letters
      need it.`,
      realProvidersHelp,
    ],
    exitCodes,
  },
  discard: {
    examples: [['dead-letters -- discard message-3 --data shop.db']],
    notes: [...notes, whileRunning],
  },
} satisfies Record<string, HelpTexts>;

const allTexts: HelpTexts = {
  examples: Object.values(texts).flatMap(({ examples }): HelpTexts['examples'] => examples),
  notes: ['More of each: `npm run dead-letters -- redrive --help`.'],
  exitCodes,
};

interface Flags {
  readonly data: string;
  readonly json?: boolean;
}

interface ListFlags extends Flags {
  readonly limit: number;
}

interface RedriveFlags extends Flags {
  readonly all?: boolean;
  readonly architecture: ArchitectureName;
}

/** `npm run dead-letters`: looks at what was given up, sends it on its way again, or lets it go. */
export function deadLettersCommand(exitWith: (code: number) => void): Command {
  const command = withTexts(helpfulCommand('dead-letters'), allTexts)
    .usage('<command> [options]')
    .addOption(dataOption().makeOptionMandatory())
    .option('--json', 'print the result as JSON');
  withTexts(command.command('list'), texts.list)
    .description('What was given up, the oldest first.')
    .option('--limit <n>', 'at most so many', positiveNumber, 50)
    .action(async (_, list: Command) => exitWith(await listLetters(list.optsWithGlobals())));
  withTexts(command.command('show'), texts.show)
    .description('Some letters, with all that was tried.')
    .argument('[id...]', 'of dead letters')
    .action(async (ids: readonly string[], _, show: Command) =>
      exitWith(await showLetters(ids, show.optsWithGlobals())),
    );
  withTexts(command.command('redrive'), texts.redrive)
    .description('Send some on their way again.')
    .argument('[id...]', 'of dead letters')
    .option('--all', 'every dead letter')
    .addOption(architectureOption())
    .action(async (ids: readonly string[], _, redrive: Command) =>
      exitWith(await redriveLetters(ids, redrive.optsWithGlobals())),
    );
  withTexts(command.command('discard'), texts.discard)
    .description('Let some go.')
    .argument('[id...]', 'of dead letters')
    .action(async (ids: readonly string[], _, discard: Command) =>
      exitWith(await discardLetters(ids, discard.optsWithGlobals())),
    );
  return command;
}

function needsIds(action: string, ids: readonly string[]): void {
  if (ids.length > 0) return;
  const message = `${action} needs the id of a dead letter`;
  throw new InputError({ message, help: 'See `npm run dead-letters -- list`.' });
}

async function redriveLetters(ids: readonly string[], flags: RedriveFlags): Promise<number> {
  if (!flags.all) needsIds('redrive', ids);
  else if (ids.length > 0)
    throw new InputError({ message: 'ids are of no use beside --all', help: 'Name some letters, or all.' });
  return withOpened(await openKeptDatastore(flags.data, 'change'), async (datastore) => {
    // Only here, since the others need no shop.
    const { redriveAndPrint } = await import('./redrive.ts');
    return redriveAndPrint(datastore, ids, flags);
  });
}

async function listLetters({ data, limit, json }: ListFlags): Promise<number> {
  return withOpened(await openKeptDatastore(data, 'read'), async (datastore) => {
    const letters: Letter[] = [];
    let hasMore = false;
    for await (const letter of deadLetterStore(datastore).all()) {
      hasMore = letters.length === limit;
      if (hasMore) break;
      letters.push(letter);
    }
    if (json) printJson({ letters: letters.map(plainLetter), hasMore });
    else printDocument(listDocument({ letters, hasMore }));
    return 0;
  });
}

async function showLetters(ids: readonly string[], { data, json }: Flags): Promise<number> {
  needsIds('show', ids);
  return withOpened(await openKeptDatastore(data, 'read'), async (datastore) => {
    const letters = await findLetters(datastore, deadLetterStore(datastore), ids);
    const views = [];
    for (const letter of letters) {
      const { id } = letter.kind === 'delivery' ? letter.dead.notification : { id: '' };
      views.push({ letter, verdicts: await datastore.ledger.verdicts([id]), file: shownPlace(data) });
    }
    if (json) printJson(views.map(plainView));
    else printDocument(views.flatMap(letterDocument));
    return 0;
  });
}

async function discardLetters(ids: readonly string[], { data, json }: Flags): Promise<number> {
  needsIds('discard', ids);
  return withOpened(await openKeptDatastore(data, 'change'), async (datastore) => {
    const box = deadLetterStore(datastore);
    const letters = await findLetters(datastore, box, ids);
    const nowMs = (await datastore.statistics.latestMs()) ?? 0;
    const results: { readonly id: string; readonly discarded: boolean }[] = [];
    for (const letter of letters)
      results.push({ id: letter.id, discarded: await box.discard(letter, nowMs) });
    const inWords = ({ id, discarded }: (typeof results)[number]): string =>
      discarded ? `discarded ${id}` : `${id} was dealt with by somebody else meanwhile`;
    if (json) printJson(results);
    else printLines(results.map(inWords));
    return 0;
  });
}
