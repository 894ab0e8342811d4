import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../../support/built.ts';
import type { Ran } from '../../support/command-line.ts';

/** What is typed goes through a pipe into a process of its own. */
function type(lines: readonly string[], ...args: readonly string[]): Promise<Ran> {
  const cli = [commandLine, 'flow', ...args, '--interactive'];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, cli, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(`${lines.join('\n')}\n`);
  });
}

test.concurrent('orders are typed, time is moved, and the end says what became of them', async () => {
  const { code, stdout, stderr } = await type(
    [
      'order ada bike',
      'pay o1',
      'order ben helmet 2',
      '+14m',
      'show',
      'next',
      'report',
      'quit',
      'order zoe bike',
    ],
    'order-saga',
  );

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^2026-03-02 10:00:00 +OrderConfirmed +o1 /m);
  expect(stdout).toContain('sagas: 1 completed, 1 running');
  expect(stdout).toMatch(/^2026-03-02 10:15:00 +OrderCancelled +o3 +reason reservation_expired$/m);
  expect(stdout.match(/^o3 +reservation_expired$/gm)).toHaveLength(2);
  expect(stdout).not.toContain('zoe');
});

test.concurrent('a line that makes no sense says why, and the others count', async () => {
  const { code, stdout, stderr } = await type(
    [
      'ordr ada bike',
      'order ada',
      'order ada bike none',
      'order a b c d e',
      "order 'ada",
      '+10x',
      'order ada bike',
    ],
    'order-saga',
  );

  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringContaining('line 1: there is no "ordr" to type. Known: order, pay, '),
    'line 2: ARTICLE is missing. Such as: order WHO ARTICLE [QUANTITY] [DEPOT].',
    expect.stringContaining('line 3: quantity is no whole number from 1 to 1000: "none"'),
    expect.stringContaining('line 4: there is more than is asked for: "e"'),
    expect.stringContaining("line 5: the quote ' in column 7 is never closed"),
    'line 6: "+10x" is no time. Such as: +30s, +10m, +7d.',
  ]);
  expect(stdout).toContain('OrderSubmitted');
});

test('what was typed is kept in a file, and taken up by who types on', async () => {
  const data = join(tmpdir(), `typed-${process.pid}.db`);
  onTestFinished(() => rm(data, { force: true }));
  const kept = ['order-saga', '--bus', 'durable', '--data', data];

  const first = await type(['order ada bike'], ...kept);
  expect(first.stdout).toMatch(/InventoryReserved +o1/);
  const second = await type(['order ben helmet', 'pay o1'], ...kept);

  expect(second.stdout).toMatch(/OrderConfirmed +o1/);
  // No order of this file has been called so before.
  expect(second.stdout).toMatch(/OrderSubmitted +o(?!1 )\d+/);
});

test.concurrent('readings are typed in the place of a sensor; as data, the result alone is on stdout', async () => {
  const { code, stdout, stderr } = await type(
    ['reading tomato 31', 'reading tomato 31 F', '+2m'],
    'iot',
    '--json',
  );

  expect(code).toBe(0);
  expect(stderr).toMatch(/SensorSilent +tomato/);
  expect(JSON.parse(stdout)).toMatchObject({
    readings: { received: 2, accepted: 1, rejected: { unknown_unit: 1 } },
    windows: 1,
  });
});

test.concurrent('an exchange is spoken to as its people write, in capitals or not, and shows the book that is asked for', async () => {
  const { code, stdout, stderr } = await type(
    [
      'SELL 30 ACME @ 101',
      'buy 100 acme @ 100.50 ann',
      'book acme',
      'SELL 50 ACME MKT',
      'Book ACME',
      'book NONE',
      'book',
    ],
    'trading',
  );

  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toEqual([
    'line 6: nobody waits in the book of "NONE". Somebody does in: ACME.',
    'line 7: SYMBOL is missing. Such as: book SYMBOL.',
  ]);
  const [, first = '', second = ''] = stdout.split('Book of ACME\n');
  expect(first).toMatch(/^ask 101\.00 .* 30 pieces\nbid 100\.50 .* 100 pieces$/m);
  expect(second).toMatch(/^ask 101\.00 .* 30 pieces\nbid 100\.50 .* 50 pieces$/m);
  expect(stdout).toMatch(
    /TradeExecuted +t3\/1 +symbol ACME, price 10050, quantity 50, buyer ann, seller you/,
  );
});
