import type { Command } from 'commander';
import type { Datastore } from '../../datastore/index.ts';
import { explain, explanationDocument } from '../../operations/explain/index.ts';
import { type ArchitectureName, openKeptDatastore } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { withOpened } from './opened.ts';
import { architectureOption, dataOption, positiveNumber } from './options.ts';
import { printDocument, printJson } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['explain -- gina', 'what a customer was told lately, and what not'],
    ['explain -- ord-1001', 'everything that an order led to'],
    ['explain -- helmet --customer hana', 'why a customer was not told of a price drop'],
    ['explain -- cust-1 --data shop.db', 'in what an earlier run has kept'],
  ],
  notes: [
    `Without --data, in a fresh run of all the demo's scenarios on --architecture: the ids are those that
    \`npm run demo\` shows.`,
  ],
};

interface ExplainOptions {
  readonly customer?: string;
  readonly data?: string;
  readonly architecture: ArchitectureName;
  readonly limit: number;
  readonly json?: boolean;
}

/** `npm run explain -- ID`: says why somebody was, or was not, notified. */
export function explainCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('explain'), texts)
    .argument('<id>', 'of an event, order, customer, product, payment, notification or delivery')
    .option('--customer <id>', 'beside an event, order or product: only this customer, or why not')
    .addOption(dataOption())
    .addOption(architectureOption().conflicts('data'))
    .option('--limit <n>', 'at most so many events, and notifications of each', positiveNumber, 10)
    .option('--json', 'print the explanation as one JSON object')
    .action(async (id: string, options: ExplainOptions) => exitWith(await run(id, options)));
}

async function run(id: string, options: ExplainOptions): Promise<number> {
  const { customer, limit, json } = options;
  return withOpened(await open(id, options), async (datastore) => {
    const explanation = await explain(datastore, {
      id,
      limit,
      ...(customer !== undefined && { customerId: customer }),
    });
    if (json) printJson(explanation);
    else printDocument(explanationDocument(explanation));
    return 0;
  });
}

async function open(id: string, { data, architecture }: ExplainOptions): Promise<Datastore> {
  if (data !== undefined) return openKeptDatastore(data, 'read');
  const { loadDemoDatastore, orderIds } = await import('../../lab/scenarios/index.ts');
  // It takes seconds, so only for whoever asks about it.
  const withCrash = orderIds.some((orderId) => id.includes(orderId));
  return loadDemoDatastore({ architecture, withCrash });
}
