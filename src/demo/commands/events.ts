import { setTimeout } from 'node:timers/promises';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import {
  type Datastore,
  isServer,
  type LoggedMessage,
  openDatastoreAt,
  shownPlace,
} from '../../datastore/index.ts';
import { toCloudEvent } from '../../events/index.ts';
import { InputError } from '../../kernel/index.ts';
import {
  eventsDocument,
  exportedLines,
  exportLog,
  importLog,
  type LogFilter,
  lineOf,
  readLog,
  shownEventDocument,
  tailLog,
} from '../../operations/event-log/index.ts';
import { catalogues, listenForStop, openKeptDatastore } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { demoDatastore, type EventsFlags } from './events-flags.ts';
import { architectureOption, dataOption, positiveNumber } from './options.ts';
import { printDocument, printJson, printLines } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['events -- list --data shop.db --type OrderStatusChanged --subject ord-1001'],
    ['events -- tail --data shop.db', 'what comes, until Ctrl-C'],
    ['events -- show 42 --data shop.db', 'one event and its story, by position or id'],
    ['events -- export log.ndjson --data shop.db', 'CloudEvents in JSON, one a line; - for stdout'],
    ['events -- import log.ndjson --data other.db', 'all of it or nothing, and nothing twice'],
    ['events -- replay --subscriber notification-service --from 1 --data shop.db'],
    [
      'events -- replay --subscriber loyalty-points --from 1 --module examples/late-subscriber.ts --data shop.db',
    ],
  ],
  notes: [
    `\`show\` and \`export\` tell who customers are. What is imported stands at the end of the log: who subscribes
    there already handles it as news. Without --data, all but import show a fresh run of all the demo's scenarios.`,
    `\`replay\` hands a subscriber the past on a copy of the shop and says what would be sent; with --send it is
    done, and nobody who was told before is told again. What a --module does elsewhere is not held back.`,
  ],
  exitCodes: '0 done; 1 a message could not be handled, or the datastore failed; 2 bad usage or input.',
};

const actions = ['list', 'tail', 'show', 'export', 'import', 'replay'] as const;
type Action = (typeof actions)[number];

/** `npm run events`: the event log, as it is and as a file; and what it says to somebody who is new. */
export function eventsCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('events'), texts)
    .addArgument(new Argument('<action>', 'what to do').choices(actions))
    .argument('[what]', 'show: an id or a position; export and import: a file')
    .addOption(
      dataOption(
        'a datastore that an earlier run has kept, a file or postgres://user@host/name; import makes one where there is none',
      ),
    )
    .option('--type <type...>', 'only events of these types')
    .option('--subject <id>', 'only events about this customer, order or product')
    .option('--correlation <id>', 'only events of this story')
    .option('--since <time>', 'only events from then on', moment)
    .option('--until <time>', 'only events before then', moment)
    .option('--from <position>', 'list, tail, replay: from this position on', positiveNumber)
    .option('--limit <n>', 'at most so many; tail: so many to begin with', positiveNumber, 50)
    .option('--subscriber <name>', 'replay: whom the events are handed to')
    .option(
      '--module <file>',
      'replay: whose default export makes that subscriber; left out, one of the shop',
    )
    .option('--send', 'replay: really, instead of on a copy')
    .addOption(architectureOption())
    .option('--json', 'print the result as JSON, a line an event')
    .action(async (action: Action, what: string | undefined, flags: EventsFlags) => {
      checkUsage(action, what, flags);
      exitWith(await run(action, what ?? '', flags));
    });
}

function checkUsage(action: Action, what: string | undefined, { subscriber, from, data }: EventsFlags): void {
  const refuse = (message: string, help: string): never => {
    throw new InputError({ message, help });
  };
  const takes: Partial<Record<Action, string>> = {
    show: 'an id or a position',
    export: 'a file',
    import: 'a file',
  };
  if (takes[action] !== undefined && what === undefined)
    refuse(`${action} needs ${takes[action]}`, 'See `npm run events -- --help`.');
  if (takes[action] === undefined && what !== undefined)
    refuse(
      `${action} takes no ${JSON.stringify(what)}`,
      'Say which events are meant with --type, --subject and the like.',
    );
  if (action === 'import' && data === undefined)
    refuse('import needs --data, or DATASTORE', 'Name the file that is to keep the log.');
  if (action !== 'replay' && subscriber !== undefined)
    refuse(`--subscriber is of no use with ${action}`, 'It goes with replay.');
  if (action === 'replay' && (subscriber === undefined || from === undefined))
    refuse(
      'replay needs --subscriber and --from',
      'Say who is handed the log, and from which position on: 1 for all of it.',
    );
}

async function run(action: Action, what: string, flags: EventsFlags): Promise<number> {
  if (action === 'replay') return (await import('./events-replay.ts')).replayToSubscriber(flags);
  if (action === 'import') return importFile(what, flags);
  const { data } = flags;
  const datastore = await (data === undefined ? demoDatastore() : openKeptDatastore(data, 'read'));
  try {
    await { list, tail, show, export: exportTo }[action](datastore, flags, what);
    return 0;
  } finally {
    await datastore.close();
  }
}

const filterOf = ({ type, subject, correlation, since, until }: EventsFlags): LogFilter => ({
  ...(type && { types: type }),
  ...(subject !== undefined && { subject }),
  ...(correlation !== undefined && { correlationId: correlation }),
  ...(since !== undefined && { sinceMs: since }),
  ...(until !== undefined && { untilMs: until }),
});

async function list(datastore: Datastore, flags: EventsFlags): Promise<void> {
  const events: LoggedMessage[] = [];
  let hasMore = false;
  for await (const event of readLog(datastore, { ...filterOf(flags), after: (flags.from ?? 1) - 1 })) {
    hasMore = events.length === flags.limit;
    if (hasMore) break;
    events.push(event);
  }
  if (flags.json) printLines(events.map(jsonLine));
  else printDocument(eventsDocument(events, hasMore));
}

const lookAgainMs = 500;

async function tail(datastore: Datastore, flags: EventsFlags): Promise<void> {
  const stop = listenForStop();
  const after =
    flags.from === undefined ? (await datastore.consumption.head()) - flags.limit : flags.from - 1;
  const wait = (): Promise<void> =>
    setTimeout(lookAgainMs, undefined, { signal: stop.signal }).catch(() => {});
  const options = { ...filterOf(flags), after: Math.max(0, after), wait, signal: stop.signal };
  for await (const event of tailLog(datastore, options))
    printLines([flags.json ? jsonLine(event) : lineOf(event)]);
  stop.release();
}

async function show(datastore: Datastore, flags: EventsFlags, what: string): Promise<void> {
  const found = await find(datastore, what);
  const { correlationId } = found.message;
  const story: LoggedMessage[] = [];
  for await (const event of readLog(datastore, { correlationId }))
    if (event.position !== found.position && story.length < flags.limit) story.push(event);
  if (flags.json) printJson({ ...found, story });
  else printDocument(shownEventDocument({ ...found, story }));
}

async function find(datastore: Datastore, what: string): Promise<LoggedMessage> {
  const after = /^\d{1,15}$/.test(what) ? Number(what) - 1 : undefined;
  for await (const event of readLog(datastore, { after: Math.max(0, after ?? 0) })) {
    if (after === undefined ? event.message.id === what : event.position === after + 1) return event;
    if (after !== undefined) break;
  }
  throw new InputError({
    message: `the log has no event ${JSON.stringify(what)}`,
    help: 'Give an id or a position, as `npm run events -- list` shows it.',
  });
}

const jsonLine = ({ position, message }: LoggedMessage): string =>
  JSON.stringify({ position, ...toCloudEvent(message) });

async function exportTo(datastore: Datastore, flags: EventsFlags, file: string): Promise<void> {
  if (file === '-') {
    for await (const line of exportedLines(datastore, filterOf(flags))) process.stdout.write(line);
    return;
  }
  const count = await exportLog(datastore, file, filterOf(flags));
  if (flags.json) printJson({ exported: count, file });
  else printLines([`${count} events written to ${file}`]);
}

async function importFile(file: string, { data = '', json }: EventsFlags): Promise<number> {
  const { existsSync, rmSync } = await import('node:fs');
  const isNew = !isServer(data) && !existsSync(data);
  const datastore = await openDatastoreAt(data, isNew || isServer(data) ? 'make' : 'change');
  let isDone = false;
  try {
    const { added, known } = await importLog(datastore, Object.values(catalogues), file);
    isDone = true;
    if (json) printJson({ added, known });
    else printLines([`${added} events added to ${shownPlace(data)}, ${known} were there already`]);
    return 0;
  } finally {
    await datastore.close();
    // Nothing half done, no empty shop either.
    if (isNew && !isDone) rmSync(data, { force: true });
  }
}

function moment(text: string): number {
  const atMs = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(atMs)) throw new InvalidArgumentError('Give a day or a moment such as 2026-03-03T08:00Z.');
  return atMs;
}
