import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../support/command-line.ts';

/** A file that is not there yet, and not any more when the test is over. */
function aFile(name: string): string {
  const file = join(tmpdir(), `flow-${process.pid}-${name}`);
  onTestFinished(() => rm(file, { force: true }));
  return file;
}

test('an order of the sample is shown: its steps, what is kept of it, and all that was said', async () => {
  const { code, stdout } = await runCli('flow', 'order-saga', 'show', 'o4');

  expect(code).toBe(0);
  expect(stdout).toContain('o4: cancelled, payment_unknown');
  expect(stdout).toMatch(/^reserve +done, and undone$/m);
  expect(stdout).toMatch(/^authorise +undone$/m);
  expect(stdout).toMatch(/^2026-03-02 10:03:18 +PaymentFound +status authorised$/m);
  expect(stdout).not.toContain('o5');
});

test('the same as data', async () => {
  const { stdout } = await runCli('flow', 'order-saga', 'show', 'o1', '--json');

  const { saga, history } = JSON.parse(stdout);
  expect(saga).toMatchObject({
    status: 'completed',
    done: ['reserve', 'card', 'authorise', 'capture', 'ship'],
  });
  expect(history.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining(['OrderSubmitted', 'OrderConfirmed', 'FollowUpDue']),
  );
});

test('what a file holds is looked at without being played, and who there is can be asked', async () => {
  const data = aFile('kept.db');
  await runCli('flow', 'order-saga', '--bus', 'durable', '--data', data);

  const shown = await runCli('flow', 'order-saga', 'show', 'o6', '--data', data);
  expect(shown).toMatchObject({ code: 0, stderr: '' });
  expect(shown.stdout).toContain('o6: cancelled, reservation_expired');
  expect(shown.stdout).toMatch(/^2026-03-02 10:05:00 +OrderSubmitted/m);
  expect((await runCli('flow', 'order-saga', 'show', '--data', data)).stdout).toBe(
    'sagas: 1 completed, 5 cancelled\n✓ none needs a person\n',
  );
});

test('of a flow without a saga it is shown what its stages keep', async () => {
  const { stdout } = await runCli('flow', 'iot', 'show', 'tomato');

  expect(stdout).toMatch(/^threshold +\{"isTooWarm":false\}$/m);
  expect((await runCli('flow', 'iot', 'show')).stdout).toMatch(/^validate +3 +basil orchid tomato$/m);
});

test.each([
  [['order-saga', 'show', 'o9'], 'nothing is known of "o9"'],
  [['order-saga', 'shwo'], '"shwo" is nothing to do'],
  [['order-saga', 'show', '--interactive'], 'Type `show` at its prompt'],
  [['order-saga', 'show', '--data', '/nowhere/at/all.db'], 'there is no file'],
  [['order-saga', 'show', '--data', 'kept.db', '--stress'], 'what is kept is not played again'],
  [['order-saga', '--html', '/nowhere/at/all.html'], '/nowhere/at/all.html'],
  [['order-saga', '--data', 'kept.db'], 'It goes with --bus durable'],
])('%j is of no use, and nothing is done', async (args, words) => {
  const { code, stdout, stderr } = await runCli('flow', ...args);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('the result as a page that needs nothing else', async () => {
  const html = aFile('page.html');
  await writeFile(html, 'what was there before');

  const { code, stdout } = await runCli('flow', 'iot', '--html', html);

  expect({ code, stdout }).toEqual({ code: 0, stdout: `${html} is written\n` });
  const page = await readFile(html, 'utf8');
  expect(page).toContain('aria-label="Medians by the minute"');
  expect(page).toContain('each accepted one is in one window (26)');
  expect(page).not.toMatch(/<script|src=|https?:/);
});

test("the demo's list names the flows too", async () => {
  expect((await runCli('demo', '--list')).stdout).toMatch(/^order-saga +an order as a saga/m);
});
