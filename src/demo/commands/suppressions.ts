import { type Command, Option } from 'commander';
import { type Suppression, suppressionReasons } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import {
  changesDocument,
  lift,
  listDocument,
  listSuppressions,
  suppress,
} from '../../operations/suppressions/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { withOpened } from './opened.ts';
import { dataOption, positiveNumber } from './options.ts';
import { printDocument, printJson } from './print.ts';

const notes = [
  `An address is meant in every spelling: the case of a mail address, the spaces in a phone number. May be used while
  the shop is running.`,
];
const exitCodes =
  '0 done; 1 an address to remove was not there, or the datastore failed; 2 bad usage or input.';

const texts = {
  list: {
    examples: [['suppressions -- list --data shop.db']],
    notes: ['May be used while the shop is running.'],
  },
  add: {
    examples: [
      ["suppressions -- add kim@example.com --reason blocked --note 'asked by phone' --data shop.db"],
    ],
    notes: [
      ...notes,
      `A provider that says that there is no such mailbox has it added; docs/PROVIDER-ANSWERS.md says which answers are
      taken for that.`,
    ],
  },
  remove: {
    examples: [["suppressions -- remove kim@example.com '+44 7700 900001' --data shop.db"]],
    notes: [...notes, 'What was skipped while an address was suppressed stays skipped.'],
    exitCodes,
  },
} satisfies Record<string, HelpTexts>;

const allTexts: HelpTexts = {
  examples: Object.values(texts).flatMap(({ examples }): HelpTexts['examples'] => examples),
  notes: ['More of each: `npm run suppressions -- add --help`.'],
  exitCodes,
};

interface Flags {
  readonly data: string;
  readonly json?: boolean;
}

interface ListFlags extends Flags {
  readonly limit: number;
}

interface AddFlags extends Flags {
  readonly reason?: Suppression['reason'];
  readonly note?: string;
}

/** `npm run suppressions`: which addresses are not written to any more, why and since when; adds some, or lifts them. */
export function suppressionsCommand(exitWith: (code: number) => void): Command {
  const command = withTexts(helpfulCommand('suppressions'), allTexts)
    .usage('<command> [options]')
    .addOption(dataOption().makeOptionMandatory())
    .option('--json', 'print the result as JSON');
  withTexts(command.command('list'), texts.list)
    .description('Which there are, and why.')
    .option('--limit <n>', 'at most so many', positiveNumber, 50)
    .action(async (_, list: Command) => exitWith(await listAll(list.optsWithGlobals())));
  withTexts(command.command('add'), texts.add)
    .description('Write to some no more.')
    .argument('[address...]', 'to add')
    .addOption(new Option('--reason <reason>', 'why; left out, blocked').choices(suppressionReasons))
    .option('--note <text>', 'who has asked for it, and why')
    .action(async (addresses: readonly string[], _, add: Command) =>
      exitWith(await change('add', addresses, add.optsWithGlobals())),
    );
  withTexts(command.command('remove'), texts.remove)
    .description('Let some be used again.')
    .argument('[address...]', 'to remove')
    .action(async (addresses: readonly string[], _, remove: Command) =>
      exitWith(await change('remove', addresses, remove.optsWithGlobals())),
    );
  return command;
}

async function listAll({ data, limit, json }: ListFlags): Promise<number> {
  return withOpened(await openKeptDatastore(data, 'read'), async (datastore) => {
    const listed = await listSuppressions(datastore, limit);
    if (json) printJson({ suppressions: listed.suppressions.map(plain), hasMore: listed.hasMore });
    else printDocument(listDocument(listed));
    return 0;
  });
}

async function change(
  action: 'add' | 'remove',
  addresses: readonly string[],
  { data, reason = 'blocked', note, json }: AddFlags,
): Promise<number> {
  if (addresses.length === 0)
    throw new InputError({ message: `${action} needs an address`, help: 'Name one or more.' });
  return withOpened(await openKeptDatastore(data, 'change'), async (datastore) => {
    const changes =
      action === 'add'
        ? await suppress(datastore, { addresses, reason, ...(note !== undefined && { note }) })
        : await lift(datastore, addresses);
    if (json) printJson(changes);
    else printDocument(changesDocument(changes));
    return changes.some((each) => each.change === 'not there') ? 1 : 0;
  });
}

/** `since` as a moment, which JSON tells by its name. */
const plain = ({ sinceMs, ...rest }: Suppression) => ({ ...rest, since: new Date(sinceMs).toISOString() });
