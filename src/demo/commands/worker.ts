import type { Command } from 'commander';
import { readConfiguration, runWorker, shownConfiguration } from '../../worker/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';

const texts: HelpTexts = {
  examples: [
    ['worker', 'as the environment says'],
    ['worker -- --print-config', 'what it says, without its secrets'],
  ],
  notes: [
    'DATASTORE is where the shop is: postgres://user@host/name for any number of processes, or a file for one. WORKER_ROLE: all (default); api takes commands and reads, and leaves what follows to the others; consumer takes none. Of those that are all or consumer one consumes and sends, and the others stand by to take over.',
    'Each needs a channel: SMTP_URL, WEBHOOK_SECRET, or, to try it out, CAPTURE=email,sms,push,webhook, which sends nothing. HTTP_HOST, HTTP_PORT (4400), HTTP_TOKEN, REQUESTS_PER_MINUTE (6000): how it is asked; /healthz, /readyz and /metrics say how it fares. MAX_BACKLOG (10000): commands are refused while more waits. LEASE_SECONDS (30): how long one that stands still keeps what it has in hand. DRAIN_SECONDS (15): how long what is in hand may take at SIGTERM; a second one ends it at once. ARCHITECTURE, ADMIN_EMAIL, UNSUBSCRIBE_SECRET and OTEL_EXPORTER_OTLP_ENDPOINT are those of `serve`; LOG_LEVEL (info) is of JSON lines on stderr.',
    'docs/DEPLOYMENT.md says how several are set up.',
  ],
  exitCodes:
    '0 stopped; 1 the datastore failed; 2 the environment, or the datastore that it names, is of no use.',
};

/** `npm run worker`: a process of a deployment, until Ctrl-C or SIGTERM. */
export function workerCommand(): Command {
  return withTexts(helpfulCommand('worker'), texts)
    .option('--print-config', 'print what the environment says, without its secrets, and do nothing')
    .action(async ({ printConfig = false }: { readonly printConfig?: boolean }) => {
      const configuration = readConfiguration(process.env);
      if (printConfig) process.stdout.write(shownConfiguration(configuration));
      else await runWorker(configuration, (url) => void process.stdout.write(`${url}\n`));
    });
}
