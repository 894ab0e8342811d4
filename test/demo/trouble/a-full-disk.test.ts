import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { busNames } from '../../../src/shop/world.ts';
import { addHelmet, at, order, register, writeHistory } from '../../lab/replay/history.ts';
import type { Ran } from '../../support/command-line.ts';

/** The real command line, where no file may grow beyond so many kilobytes. */
function runWithin(kilobytes: number, args: readonly string[]): Promise<Ran> {
  const limited = `ulimit -f ${kilobytes}; exec "$0" --import tsx src/demo/cli.ts "$@"`;
  return new Promise((resolve) => {
    execFile('bash', ['-c', limited, process.execPath, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const opening = '2026-03-02T10:00:00Z';
const orders = Array.from({ length: 300 }, (_, index) => at(opening, order(`order-${index}`)));

test.each(busNames)(
  'a replay on the %s bus that can keep no more says so in one line, and leaves no report',
  async (bus) => {
    const history = writeHistory(at(opening, addHelmet), at(opening, register()), ...orders);
    const [data, { file, report }] = [join(history.folder, 'shop.db'), history];

    const { code, stdout, stderr } = await runWithin(1500, [
      ...['replay', file, '--data', data, '--bus', bus, '--report', report],
    ]);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^replay: the datastore is unavailable: disk I\/O error\. Check its disk.*\n$/);
    expect(existsSync(report)).toBe(false);
  },
);
