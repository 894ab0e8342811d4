import { Command, Option } from 'commander';
import type { Datastore, DeliveryStatistics } from '../../datastore/index.ts';
import { describeStatus, statusOf, toJson } from '../../operations/status/index.ts';
import { terminalOf } from '../../report/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';

const examples = `
Examples:
  npm run status                                 of a fresh run of all the demo's scenarios
  npm run status -- --data shop.db               of what an earlier run has kept
  npm run status -- --data shop.db --json        as one JSON object
  npm run status -- --data shop.db --prometheus  as metrics for Prometheus

What keeps a datastore: \`npm run demo -- --data shop.db\`, \`npm run replay -- FILE --data shop.db\`.
Every figure is counted in its ledger. Nothing is sent, and nothing there changes.
`;

interface StatusOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly prometheus?: boolean;
}

/** `npm run status`: what became of the deliveries, by channel. */
export function statusCommand(): Command {
  return new Command('npm run status --')
    .description('Count what became of the deliveries: sent, skipped, failed, pending, and how long it took.')
    .option('--data <file>', 'a datastore that an earlier run has kept')
    .addOption(new Option('--json', 'print the figures as one JSON object').conflicts('prometheus'))
    .option('--prometheus', "print the figures in Prometheus' text format")
    .addHelpText('after', examples)
    .action(run);
}

async function run({ data, ...format }: StatusOptions): Promise<void> {
  const datastore = await open(data);
  try {
    process.stdout.write(await inFormat(await datastore.statistics.deliveries(), format));
  } finally {
    await datastore.close();
  }
}

async function open(file: string | undefined): Promise<Datastore> {
  if (file !== undefined) return openKeptDatastore(file);
  return (await import('../../lab/scenarios/index.ts')).loadDemoDatastore();
}

async function inFormat(
  statistics: DeliveryStatistics,
  { json, prometheus }: StatusOptions,
): Promise<string> {
  // Only here, since no other command should wait for its library.
  if (prometheus) return (await import('../../operations/status/index.ts')).toPrometheus(statistics);
  const status = statusOf(statistics);
  if (json) return `${JSON.stringify(toJson(status), null, 2)}\n`;
  return `${describeStatus(status, terminalOf(process.stdout)).join('\n')}\n`;
}
