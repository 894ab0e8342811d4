import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { onTestFinished } from 'vitest';
import { type RunOptions, run } from '../../../src/demo/requests/run.ts';

/** A stream that is read by nobody but the story. */
function recorder(): PassThrough & { text(): string } {
  const stream = new PassThrough({ highWaterMark: 2 ** 24 });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString('utf8') });
}

/** Runs the command in this process, with streams of its own. */
export async function runHere(options: Partial<RunOptions> & { typed?: string } = {}) {
  const { typed = '', ...rest } = options;
  const [stdin, stdout, stderr] = [new PassThrough(), recorder(), recorder()];
  stdin.end(typed);
  const isWell = await run({
    seed: 1,
    streams: { stdin, stdout, stderr },
    interruption: new AbortController(),
    ...rest,
  });
  return { isWell, stdout: stdout.text(), stderr: stderr.text() };
}

/** The path of a file with this in it, in a folder that goes when the test is over. */
export function fileWith(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

export async function toArray<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
