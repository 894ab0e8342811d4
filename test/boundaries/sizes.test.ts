import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface File {
  readonly name: string;
  readonly lines: number;
}

const folder = 'src';
const files: readonly File[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({
    name: name.replaceAll('\\', '/'),
    lines: readFileSync(join(folder, name), 'utf8').split('\n').length - 1,
  }));

const linesOf = (some: readonly File[]): number => some.reduce((sum, { lines }) => sum + lines, 0);

test('no file is longer than 250 lines', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(files.filter(({ lines }) => lines > 250)).toEqual([]);
});

test('a file in the middle has 30 to 70 lines', () => {
  const middle = files.map(({ lines }) => lines).sort((one, other) => one - other)[files.length >> 1];

  expect(middle).toBeGreaterThanOrEqual(30);
  expect(middle).toBeLessThanOrEqual(70);
});

test('no room is a quarter of the house', () => {
  const rooms = new Set(files.map(({ name }) => name.split('/')[0] ?? ''));
  expect(rooms.size).toBeGreaterThan(10);

  const shares = [...rooms].map((room) => ({
    room,
    share: linesOf(files.filter(({ name }) => name.startsWith(`${room}/`))) / linesOf(files),
  }));

  expect(shares.filter(({ share }) => share >= 0.25)).toEqual([]);
});
