import type { Command } from 'commander';
import { createReceipts } from '../../delivery/index.ts';
import { InputError, readChunks, sizeOf, VirtualClock } from '../../kernel/index.ts';
import { plainTaken, readReports, takenDocument } from '../../operations/receipts/index.ts';
import { openKeptDatastore } from '../../shop/index.ts';
import { type HelpTexts, helpfulCommand, withTexts } from '../help.ts';
import { withOpened } from './opened.ts';
import { dataOption } from './options.ts';
import { printDocument, printJson } from './print.ts';

const texts: HelpTexts = {
  examples: [
    ['receipts -- --data shop.db bounce.eml callback.json'],
    ['receipts -- --data shop.db - < bounce.eml', 'as a mail server pipes it'],
  ],
  notes: [
    `A file is a mail to the sender of the shop's mails (a delivery report, RFC 3464), or a callback: JSON with channel,
    providerMessageId (explain shows it as "receipt") and status, or a list of such. May be used while the shop is running,
    and twice: what was reported before changes nothing.`,
  ],
  exitCodes:
    '0 done; 1 one is about nothing on record (it is kept for a day), or a mail was no report; 2 bad usage or input.',
};

interface Flags {
  readonly data: string;
  readonly json?: boolean;
}

/** A provider sends a page or two; a mail that comes back whole may be larger. */
const mostBytes = 32 * 1024 * 1024;

/** `npm run receipts`: puts on record what providers report of messages that they had taken. */
export function receiptsCommand(exitWith: (code: number) => void): Command {
  return withTexts(helpfulCommand('receipts'), texts)
    .argument('<file...>', 'what the providers have sent; - is the standard input')
    .addOption(dataOption().makeOptionMandatory())
    .option('--json', 'print the result as JSON')
    .action(async (files: readonly string[], flags: Flags) => exitWith(await take(files, flags)));
}

async function take(files: readonly string[], { data, json }: Flags): Promise<number> {
  const reports = [];
  for (const name of new Set(files)) reports.push({ name, bytes: await bytesOf(name) });
  const { receipts, errors } = await readReports(reports);
  if (receipts.length === 0 && errors.length > 0)
    throw new InputError({ message: errors.join('; '), help: 'Give a delivery report as it came.' });
  return withOpened(await openKeptDatastore(data, 'change'), async (datastore) => {
    // The shop's time, which in a demo or a replay is not that on the wall.
    const clock = new VirtualClock((await datastore.statistics.latestMs()) ?? 0);
    const taken = await createReceipts({ clock, datastore }).take(receipts);
    for (const error of errors) process.stderr.write(`receipts: ${error}\n`);
    if (json) printJson({ receipts: taken.map(plainTaken), errors });
    else printDocument(takenDocument(taken));
    return errors.length > 0 || taken.some(({ result }) => result === 'unknown') ? 1 : 0;
  });
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (file !== '-') await sizeOf(file);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file === '-' ? process.stdin : readChunks(file)) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBytes)
      throw new InputError({ message: `${file} has more than 32 MB`, help: 'Give one report a file.' });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
