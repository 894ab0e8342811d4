import { type Command, Option } from 'commander';
import type { Datastore } from '../../datastore/index.ts';
import {
  breakersOf,
  statusDocument,
  statusOf,
  statusToPlain,
  toPrometheus,
} from '../../operations/status/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { withOpened } from './opened.ts';
import { dataOption } from './options.ts';
import { printDocument, printJson } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['status', "of a fresh run of all the demo's scenarios"],
    ['status -- --data shop.db', 'of what an earlier run has kept'],
    ['status -- --data shop.db --json', 'as one JSON object'],
    ['status -- --data shop.db --prometheus', 'as metrics for Prometheus'],
  ],
  notes: [
    `What keeps a datastore: \`npm run demo -- --data shop.db\`, \`npm run replay -- FILE --data shop.db\`. Every
    figure is counted in its ledger. Nothing is sent, and nothing there changes.`,
  ],
};

interface StatusOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly prometheus?: boolean;
}

/** `npm run status`: what became of the deliveries, by channel. */
export function statusCommand(): Command {
  return withTexts(helpfulCommand('status'), texts)
    .addOption(dataOption())
    .addOption(new Option('--json', 'print the figures as one JSON object').conflicts('prometheus'))
    .option('--prometheus', "print the figures in Prometheus' text format")
    .action(run);
}

async function run({ data, json, prometheus }: StatusOptions): Promise<void> {
  await withOpened(await open(data), async (datastore) => {
    const statistics = await datastore.statistics.deliveries();
    const status = statusOf(statistics);
    const channels = status.channels.map(({ channel }) => channel);
    const breakers = breakersOf(channels, await datastore.statistics.outages());
    if (prometheus) process.stdout.write(await toPrometheus(statistics, breakers));
    else if (json) printJson(statusToPlain(status, breakers));
    else printDocument(statusDocument(status, breakers));
  });
}

async function open(file: string | undefined): Promise<Datastore> {
  if (file !== undefined) return openKeptDatastore(file, 'read');
  return (await import('../../lab/scenarios/index.ts')).loadDemoDatastore();
}
