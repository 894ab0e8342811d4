import { basename } from 'node:path';
import { InputError, quote, type Random, readChunks, seededRandom, sizeOf } from '../../kernel/index.ts';
import { columns } from './columns.ts';

/** Where records come from: lines to which others are added at the end, and that change nowhere else. */
export interface Source {
  /** Tells it from other sources, today and tomorrow. */
  readonly name: string;
  /** CSV begins with the names of its columns; NDJSON has an object on each line. */
  readonly format: 'csv' | 'ndjson';
  /** All of it, from the beginning. @throws {Error} when it cannot be read, at any moment. */
  bytes(): AsyncIterable<Buffer>;
}

/** @throws {InputError} when there is no such file, or nothing in it. */
export async function fileSource(file: string): Promise<Source> {
  if ((await sizeOf(file)) === 0)
    throw new InputError({
      message: `${quote(file)} is empty`,
      help: `Begin it with ${columns.join()}, and give one line for each ride.`,
    });
  const format = /\.(ndjson|jsonl)$/i.test(file) ? 'ndjson' : 'csv';
  return { name: basename(file), format, bytes: () => readChunks(file) };
}

/** Rides that nobody made: of a hundred one is of no use, and one is there twice. */
export function generatedSource(count: number, random: Random): Source {
  const seed = Math.floor(random.next() * 2 ** 31);
  return { name: `generated-${seed}`, format: 'csv', bytes: () => generated(count, seed) };
}

/** A person at a keyboard, whose lines nobody reads twice. */
export const typedSource: Source = { name: 'typed', format: 'csv', async *bytes() {} };

const linesAtOnce = 1000;
const stations = ['North', 'South', 'East', 'West', 'Harbour', 'Market', 'University', 'Airport'] as const;
const beginsAtMs = Date.parse('2026-03-02T08:00:00Z');

async function* generated(count: number, seed: number): AsyncGenerator<Buffer> {
  const random = seededRandom(seed);
  const upTo = (most: number): number => Math.floor(random.next() * most);
  yield Buffer.from(`${columns.join()}\n`);
  for (let from = 1; from <= count; from += linesAtOnce) {
    const lines: string[] = [];
    for (let id = from; id < Math.min(from + linesAtOnce, count + 1); id++) {
      const startedAt = new Date(beginsAtMs + id * 10_000).toISOString().slice(0, 16).replace('T', ' ');
      const isTwice = random.next() < 0.01;
      const km = random.next() < 0.01 ? '' : (upTo(100) / 10).toFixed(1);
      const station = stations[upTo(stations.length)];
      lines.push(`${isTwice ? Math.max(1, id - 1) : id},${startedAt},${station},${km},${upTo(9)}.50\n`);
    }
    yield Buffer.from(lines.join(''));
  }
}
