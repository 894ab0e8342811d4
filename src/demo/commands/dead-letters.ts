import { Argument, Command } from 'commander';
import type { Datastore } from '../../datastore/index.ts';
import { InputError } from '../../kernel/index.ts';
import type { Letter } from '../../operations/dead-letters/index.ts';
import {
  findLetters,
  letterBox,
  letterDocument,
  listDocument,
  plainLetter,
  plainView,
} from '../../operations/dead-letters/index.ts';
import type { ArchitectureName } from '../../shop/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';
import { architectureOption, positiveNumber, realProvidersHelp } from './options.ts';
import { printDocument, printJson, printLines } from './print.ts';

const examples = `
Examples:
  npm run dead-letters -- list --data shop.db
  npm run dead-letters -- show order-shipped:ord-1001:ada:email --data shop.db
  npm run dead-letters -- redrive order-shipped:ord-1001 message-3 --data shop.db
  npm run dead-letters -- redrive --all --data shop.db
  npm run dead-letters -- discard message-3 --data shop.db

A delivery's id may be cut off in front of a colon where only one dead letter begins like it. All ids are looked
up before anything is done. \`redrive\` opens the shop where it stopped: with providers that are well, and with its
clock moved as far as the letters need it. \`list\`, \`show\` and \`discard\` may be used while the shop is running.

${realProvidersHelp}

Exit codes: 0 done; 1 something is dead again or its address suppressed, or the datastore failed; 2 bad usage or input.`;

type Action = 'list' | 'show' | 'redrive' | 'discard';

interface Flags {
  readonly data: string;
  readonly all?: boolean;
  readonly limit: number;
  readonly architecture: ArchitectureName;
  readonly json?: boolean;
}

/** `npm run dead-letters`: looks at what was given up, sends it on its way again, or lets it go. */
export function deadLettersCommand(exitWith: (code: number) => void): Command {
  return new Command('npm run dead-letters --')
    .description('Look at what was given up, send it on its way again, or let it go.')
    .addArgument(
      new Argument('<action>', 'what to do').choices([
        'list',
        'show',
        'redrive',
        'discard',
      ] satisfies Action[]),
    )
    .argument('[id...]', 'of dead letters')
    .requiredOption('--data <file>', 'a datastore that an earlier run has kept')
    .option('--all', 'redrive: every dead letter')
    .option('--limit <n>', 'list: at most so many, the oldest', positiveNumber, 50)
    .addOption(architectureOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action(async (action: Action, ids: readonly string[], flags: Flags) => {
      checkUsage(action, ids, flags);
      exitWith(await run(action, ids, flags));
    });
}

function checkUsage(action: Action, ids: readonly string[], { all }: Flags): void {
  const refuse = (message: string, help: string): never => {
    throw new InputError({ message, help });
  };
  if (all && action !== 'redrive') refuse(`--all is of no use with ${action}`, 'It goes with redrive.');
  if (all && ids.length > 0) refuse('ids are of no use beside --all', 'Name some letters, or all.');
  if (action === 'list' && ids.length > 0) refuse('list takes no ids', 'To look at some, use show.');
  if (action !== 'list' && !all && ids.length === 0)
    refuse(`${action} needs the id of a dead letter`, 'See `npm run dead-letters -- list`.');
}

async function run(action: Action, ids: readonly string[], flags: Flags): Promise<number> {
  const datastore = openKeptDatastore(
    flags.data,
    action === 'redrive' || action === 'discard' ? 'change' : 'read',
  );
  try {
    if (action === 'redrive') {
      // Only here, since the others need no shop.
      const { redriveAndPrint } = await import('./redrive.ts');
      return await redriveAndPrint(datastore, ids, flags);
    }
    if (action === 'list') await list(datastore, flags);
    else await (action === 'show' ? show : discard)(datastore, ids, flags);
    return 0;
  } finally {
    await datastore.close();
  }
}

async function list(datastore: Datastore, { limit, json }: Flags): Promise<void> {
  const letters: Letter[] = [];
  let hasMore = false;
  for await (const letter of letterBox(datastore).all()) {
    hasMore = letters.length === limit;
    if (hasMore) break;
    letters.push(letter);
  }
  if (json) printJson({ letters: letters.map(plainLetter), hasMore });
  else printDocument(listDocument({ letters, hasMore }));
}

async function show(datastore: Datastore, ids: readonly string[], { data, json }: Flags): Promise<void> {
  const letters = await findLetters(datastore, letterBox(datastore), ids);
  const views = [];
  for (const letter of letters) {
    const { id } = letter.kind === 'delivery' ? letter.dead.notification : { id: '' };
    views.push({ letter, verdicts: await datastore.ledger.verdicts([id]), file: data });
  }
  if (json) printJson(views.map(plainView));
  else printDocument(views.flatMap(letterDocument));
}

async function discard(datastore: Datastore, ids: readonly string[], { json }: Flags): Promise<void> {
  const box = letterBox(datastore);
  const letters = await findLetters(datastore, box, ids);
  const nowMs = (await datastore.statistics.latestMs()) ?? 0;
  const results: { readonly id: string; readonly discarded: boolean }[] = [];
  for (const letter of letters) results.push({ id: letter.id, discarded: await box.discard(letter, nowMs) });
  const inWords = ({ id, discarded }: (typeof results)[number]): string =>
    discarded ? `discarded ${id}` : `${id} was dealt with by somebody else meanwhile`;
  if (json) printJson(results);
  else printLines(results.map(inWords));
}
