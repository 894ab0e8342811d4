import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type HistoryLine, type ReadHistoryOptions, readHistory } from '../../../src/lab/replay/index.ts';

/** A folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-history-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

export async function historyFile(content: string | Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(), 'history.ndjson');
  await writeFile(file, content);
  return file;
}

export async function readAll(file: string, options?: ReadHistoryOptions): Promise<HistoryLine[]> {
  const lines: HistoryLine[] = [];
  for await (const line of readHistory(file, options)) lines.push(line);
  return lines;
}

/** A good line. */
export const shipAt = (at: string, orderId = 'order-1'): string =>
  JSON.stringify({ at, service: 'ordering', command: 'shipOrder', data: { orderId } });

/** What became of each line: the order it ships, or the code of what is wrong. */
export const outcomes = (lines: readonly HistoryLine[]): string[] =>
  lines.map(({ lineNumber, ...line }) => {
    if (line.error !== undefined) return `${lineNumber}: ${line.error.code}`;
    return `${lineNumber}: ${line.command.command === 'shipOrder' ? line.command.data.orderId : line.command.command}`;
  });
