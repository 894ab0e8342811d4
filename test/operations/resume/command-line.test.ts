import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AlreadyConsumedError, openDatastore } from '../../../src/datastore/index.ts';
import { resumeCommand } from '../../../src/demo/commands/resume.ts';
import { printedHelp, runCli, runHere } from '../../support/command-line.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { keepShop, ship } from '../dead-letters/a-kept-shop.ts';

const down = { email: { failureRate: 1 } };

test('what was left is done, and all that was requested is accounted for', async () => {
  const file = await keepShop(ship('ord-1001'), { faults: down, untilDone: false });

  const { code, stdout } = await runHere(resumeCommand, '--data', file);

  expect(code).toBe(0);
  expect(stdout).toContain('2 deliveries requested = 2 sent + 0 skipped + 0 dead-lettered + 0 pending\n');
});

test('--now leaves the clock where it is, and what waits is no fault', async () => {
  const file = await keepShop(ship('ord-1001'), { faults: down, untilDone: false });

  const { code, stdout } = await runHere(resumeCommand, '--data', file, '--now', '--json');

  const { from, to, after, counts } = JSON.parse(stdout);
  expect({ code, to, pending: after.pending }).toEqual({ code: 0, to: from, pending: 1 });
  expect(counts).toEqual({ requested: 2, sent: 1, skipped: 0, deadLettered: 0, pending: 1 });
});

test('--until before the time of the shop is refused', async () => {
  const file = await keepShop(ship('ord-1001'), { faults: down, untilDone: false });

  expect(
    await rejectionOf(() => runHere(resumeCommand, '--data', file, '--until', '2026-03-02T09:00Z')),
  ).toMatchObject({
    name: 'InputError',
    message: "--until 2026-03-02T09:00:00.000Z is before the shop's time, which is 2026-03-02T10:00:00.000Z",
  });
});

test('while another process runs the shop, one clear line says so', async () => {
  const file = await keepShop(ship('ord-1001'));
  const running = openDatastore({ file });
  await running.claimConsumption();

  expect(await rejectionOf(() => runHere(resumeCommand, '--data', file))).toBeInstanceOf(
    AlreadyConsumedError,
  );
  expect(await runCli('resume', '--data', file)).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^resume: ".*" is being consumed already\. Stop the other process .*\n$/),
  });
  await running.close();
});

test('a file that is not there is not made', async () => {
  const file = temporaryFile('nowhere.db');

  expect(await rejectionOf(() => runHere(resumeCommand, '--data', file))).toMatchObject({
    message: `there is no file "${file}"`,
  });
  expect(existsSync(file)).toBe(false);
});

test.each(['2026-03-03', '2026-03-03T08:00Z', '2026-03-03T10:00:00.5+02:00'])(
  '--until %s is understood',
  async (until) => {
    const file = await keepShop(ship('ord-1001'));

    const { stdout } = await runHere(resumeCommand, '--data', file, '--json', '--until', until);

    expect(JSON.parse(stdout).to).toBe(new Date(until).toISOString());
  },
);

test.each([
  [['--until', 'tomorrow'], 'Give a moment such as 2026-03-03T08:00Z.'],
  [['--until', '2026-03-03T08:00'], 'Give a moment such as 2026-03-03T08:00Z.'],
  [['--until', '2026-02-31T08:00Z'], 'Give a moment such as 2026-03-03T08:00Z.'],
  [['--until', '2026-03-03', '--now'], "option '--now' cannot be used with option '--until <time>'"],
  [['--bus', 'yellow'], 'Allowed choices are in-memory, durable.'],
])('%j is refused', async (args, text) => {
  const refused = await rejectionOf(() => runHere(resumeCommand, '--data', 'shop.db', ...args));

  expect(refused).toMatchObject({ name: 'CommanderError', message: expect.stringContaining(text) });
});

test('the help shows examples', () => {
  const help = resumeCommand(() => {});

  expect(printedHelp(help)).toContain('npm run resume -- --data shop.db --until 2026-03-03T08:00Z');
});
