import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Ledger, LedgerLine } from '../../datastore/index.ts';
import { AppError, InputError, messageOf } from '../../kernel/index.ts';
import { toPlain } from '../../report/index.ts';

/** How many notifications are read from the ledger at once. */
const pageSize = 1000;

/**
 * Finds out whether a report can be written to `file`, before the work is done of which it reports.
 * @throws {InputError} it cannot, or it is one of `others`.
 */
export async function checkReportFile(file: string, others: readonly (string | undefined)[]): Promise<void> {
  const target = await targetOf(file);
  for (const other of others) {
    if (other === undefined || (await targetOf(other)) !== target) continue;
    throw unwritable(file, 'the run itself uses that file', 'Name another file.');
  }
  try {
    const stats = await stat(target).catch(() => undefined);
    if (stats?.isDirectory()) throw unwritable(file, 'it is a directory', 'Name a file in it.');
    // A rename would put a file in the place of the device.
    if (stats !== undefined && !stats.isFile()) throw unwritable(file, 'it is no file', 'Name a file.');
    await (await open(temporary(target), 'wx')).close();
    await rm(temporary(target));
  } catch (thrown) {
    throw explained(file, thrown);
  }
}

/**
 * Writes one line for each delivery that reached its end, in the order of the requests, and says how many.
 * Whoever reads `file` sees what was there before or the whole report, never a part.
 * @throws {InputError} when it cannot be written; nothing is left behind.
 */
export async function writeReport(file: string, ledger: Ledger): Promise<number> {
  const target = await targetOf(file);
  const unfinished = temporary(target);
  try {
    const lineCount = await writeLines(unfinished, ledger);
    await rename(unfinished, target);
    return lineCount;
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw explained(file, thrown);
  }
}

async function writeLines(path: string, ledger: Ledger): Promise<number> {
  const handle = await open(path, 'wx');
  let lineCount = 0;
  try {
    for await (const page of ledger.pages(pageSize)) {
      const lines = page.flatMap(reportLine);
      await handle.appendFile(lines.join(''));
      lineCount += lines.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return lineCount;
}

/** No line for a delivery that still waits. */
function reportLine({ notification, delivery }: LedgerLine): string[] {
  if (delivery.settledAtMs === null) return [];
  const line = {
    notification: notification.type,
    customerId: notification.customerId,
    channel: delivery.channel,
    status: delivery.status,
    reason: delivery.reason,
    subject: notification.subject,
    requestedAtMs: notification.requestedAtMs,
    settledAtMs: delivery.settledAtMs,
  };
  return [`${JSON.stringify(toPlain(line))}\n`];
}

/** The file behind a symbolic link, since a rename would replace the link. */
const targetOf = (file: string): Promise<string> => realpath(file).catch(() => resolve(file));

/** Beside the report, because a file can be renamed within one file system only. */
const temporary = (target: string): string => `${target}.${process.pid}.tmp`;

function explained(file: string, thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (thrown instanceof AppError || code === undefined) return thrown;
  if (code === 'ENOENT') {
    return unwritable(file, `there is no folder "${dirname(resolve(file))}"`, 'Make it first.');
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return unwritable(
      file,
      'its folder may not be written',
      'Check its permissions, or name another folder.',
    );
  }
  return unwritable(file, messageOf(thrown), 'Check the path and the disk.');
}

const unwritable = (file: string, why: string, help: string): InputError =>
  new InputError({ message: `cannot write the report "${file}": ${why}`, help });
