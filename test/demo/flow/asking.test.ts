import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCli } from '../../support/command-line.ts';

/** A file that is not there yet, and not any more when the test is over. */
function aFile(name: string): string {
  const file = join(tmpdir(), `flow-${process.pid}-${name}`);
  onTestFinished(async () => {
    for (const each of [file, `${file}.files`]) await rm(each, { force: true, recursive: true });
  });
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

test('a file of another flow is refused, and left as it is', async () => {
  const data = aFile('other.db');
  await runCli('flow', 'iot', '--bus', 'durable', '--json', '--data', data);
  const kept = async () => (await runCli('flow', 'iot', 'show', '--json', '--data', data)).stdout;
  const before = await kept();

  for (const words of [
    ['order-saga', '--bus', 'durable'],
    ['order-saga', 'show'],
  ]) {
    const { code, stdout, stderr } = await runCli('flow', ...words, '--data', data);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'holds something else than order-saga. A flow has a file, or a database, of its own',
    );
  }
  expect(await kept()).toBe(before);
});

test('what was written beside a file is needed again', async () => {
  const data = aFile('beside.db');
  const command = ['flow', 'order-saga', '--bus', 'durable', '--json', '--data', data];
  await runCli(...command);
  await rm(`${data}.files`, { recursive: true });

  const { code, stderr } = await runCli(...command);

  expect(code).toBe(2);
  expect(stderr).toContain('Say with --files where they are.');
  expect(existsSync(`${data}.files`)).toBe(false);
});

test('a folder that cannot be is named before anything is begun', async () => {
  const data = aFile('no-folder.db');
  const command = ['flow', 'order-saga', '--bus', 'durable', '--data', data, '--files', 'package.json'];

  const { code, stdout, stderr } = await runCli(...command);

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^flow: cannot write files to "package.json": .*EEXIST.* --files\.\n$/);
});

test('where the environment says that the data is, it is taken on the durable bus and to be shown, and else left alone', async () => {
  const data = aFile('environment.db');
  vi.stubEnv('DATASTORE', data);
  onTestFinished(() => void vi.unstubAllEnvs());

  expect((await runCli('flow', 'order-saga', '--json')).code).toBe(0);
  expect(existsSync(data)).toBe(false);
  expect((await runCli('flow', 'order-saga', 'show')).stderr).toContain('there is no file');
  expect((await runCli('flow', 'order-saga', '--json', '--bus', 'durable')).code).toBe(0);
  expect(existsSync(data)).toBe(true);
  expect((await runCli('flow', 'order-saga', 'show')).stdout).toContain('5 cancelled');
  const played = await runCli('flow', 'order-saga', 'show', '--stress', '--count', '20');
  expect(played.stdout).not.toContain('5 cancelled');
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
  [['order-saga', '--bus', 'durable', '--files', 'kept'], 'It goes with --bus durable and --data'],
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
