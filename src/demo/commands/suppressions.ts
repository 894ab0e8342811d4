import { Argument, Command, Option } from 'commander';
import { type Datastore, type Suppression, suppressionReasons } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import {
  type Change,
  changesDocument,
  lift,
  listDocument,
  listSuppressions,
  suppress,
} from '../../operations/suppressions/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';
import { positiveNumber } from './options.ts';
import { printDocument, printJson } from './print.ts';

const examples = `
Examples:
  npm run suppressions -- list --data shop.db
  npm run suppressions -- add kim@example.com --reason blocked --note 'asked by phone' --data shop.db
  npm run suppressions -- remove kim@example.com '+44 7700 900001' --data shop.db

An address is meant in every spelling: the case of a mail address, the spaces in a phone number. A provider that says
that there is no such mailbox has it added; docs/PROVIDER-ANSWERS.md says which answers are taken for that. It may all
be used while the shop is running. What was skipped while an address was suppressed stays skipped.

Exit codes: 0 done; 1 an address to remove was not there, or the datastore failed; 2 bad usage or input.`;

type Action = 'list' | 'add' | 'remove';

interface Flags {
  readonly data: string;
  readonly reason?: Suppression['reason'];
  readonly note?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `npm run suppressions`: which addresses are not written to any more, why and since when; adds some, or lifts them. */
export function suppressionsCommand(exitWith: (code: number) => void): Command {
  return new Command('npm run suppressions --')
    .description(
      'See which addresses are not written to any more, and why; add some, or let them be used again.',
    )
    .addArgument(new Argument('<action>', 'what to do').choices(['list', 'add', 'remove'] satisfies Action[]))
    .argument('[address...]', 'to add or to remove')
    .requiredOption('--data <file>', 'a datastore that an earlier run has kept')
    .addOption(new Option('--reason <reason>', 'add: why; left out, blocked').choices(suppressionReasons))
    .option('--note <text>', 'add: who has asked for it, and why')
    .option('--limit <n>', 'list: at most so many', positiveNumber, 50)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(async (action: Action, addresses: readonly string[], flags: Flags) => {
      checkUsage(action, addresses, flags);
      exitWith(await run(action, addresses, flags));
    });
}

function checkUsage(action: Action, addresses: readonly string[], { reason, note }: Flags): void {
  const refuse = (message: string, help: string): never => {
    throw new InputError({ message, help });
  };
  if (action === 'list' && addresses.length > 0) refuse('list takes no addresses', 'It lists all of them.');
  if (action !== 'list' && addresses.length === 0) refuse(`${action} needs an address`, 'Name one or more.');
  if (action !== 'add' && (reason ?? note) !== undefined)
    refuse(`--reason and --note are of no use with ${action}`, 'They go with add.');
}

async function run(action: Action, addresses: readonly string[], flags: Flags): Promise<number> {
  const datastore = openKeptDatastore(flags.data, action === 'list' ? 'read' : 'change');
  try {
    if (action === 'list') return await list(datastore, flags);
    const { reason = 'blocked', note, json } = flags;
    const changes =
      action === 'add'
        ? await suppress(datastore, { addresses, reason, ...(note !== undefined && { note }) })
        : await lift(datastore, addresses);
    print(changes, json);
    return changes.some(({ change }) => change === 'not there') ? 1 : 0;
  } finally {
    await datastore.close();
  }
}

async function list(datastore: Datastore, { limit, json }: Flags): Promise<number> {
  const listed = await listSuppressions(datastore, limit);
  if (json) printJson({ suppressions: listed.suppressions.map(plain), hasMore: listed.hasMore });
  else printDocument(listDocument(listed));
  return 0;
}

/** `since` as a moment, which JSON tells by its name. */
const plain = ({ sinceMs, ...rest }: Suppression) => ({ ...rest, since: new Date(sinceMs).toISOString() });

function print(changes: readonly Change[], json: boolean | undefined): void {
  if (json) printJson(changes);
  else printDocument(changesDocument(changes));
}
