import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createLogger, systemClock } from '../../kernel/index.ts';
import { serveLab } from '../../lab/live/index.ts';
import { listenForStop } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { portNumber, seedOption } from './options.ts';

const texts: HelpTexts = {
  examples: [
    ['lab', 'on http://127.0.0.1:4400: open it in a browser'],
    ['lab -- --port 0', 'on any port that is free'],
  ],
  notes: [
    'Four processes, one for each architecture, run the sample shop on one virtual clock. The page lets orders come, breaks providers and messages, and kills the processes with SIGKILL; what the customers have is counted by a provider of its own. A link to what was done lets anybody do the same again.',
    'Without a browser: `curl http://127.0.0.1:4400/v1/lab`, and POST {"action":"order"} to /v1/lab/actions, {"advanceMs":1000} to /v1/lab/clock.',
  ],
  exitCodes: '0 stopped; 2 bad usage or input.',
};

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
  readonly seed: number;
}

/** `npm run lab`: the four architectures side by side, to be broken by hand. */
export function labCommand(): Command {
  return withTexts(helpfulCommand('lab'), texts)
    .option('--port <n>', 'where to listen; 0 for any that is free', portNumber, 4400)
    .option('--host <host>', 'the address to listen on', '127.0.0.1')
    .option('--token <token>', 'demand it of every request; HTTP_TOKEN does the same')
    .addOption(seedOption())
    .action(run);
}

async function run({ port, host, seed, ...flags }: Flags): Promise<void> {
  const token = flags.token ?? (process.env.HTTP_TOKEN || undefined);
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  const stop = listenForStop();
  try {
    const { url, closed } = await serveLab({
      host,
      port,
      folder,
      seed,
      clock: systemClock(),
      logger: await createLogger('warn'),
      signal: stop.signal,
      ...(token !== undefined && { token }),
    });
    process.stdout.write(`${url}\n`);
    process.stderr.write('four architectures, a process each; Ctrl-C stops them\n');
    await closed;
  } finally {
    stop.release();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
