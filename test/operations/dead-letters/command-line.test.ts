import { expect, test } from 'vitest';
import { deadLettersCommand } from '../../../src/demo/commands/dead-letters.ts';
import { printedHelp, runCli, runHere } from '../../support/command-line.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { shopWithDeadLetters } from './a-kept-shop.ts';

test('a list is printed as it is, with no colours in a pipe', async () => {
  const file = await shopWithDeadLetters();

  const { code, stdout, stderr } = await runCli('dead-letters', 'list', '--data', file);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^3 dead letters, the oldest first; times in UTC\n/);
  expect(stdout).not.toContain('\u001b[');
});

test('an id that is unknown is one line, and exit code 2', async () => {
  const file = await shopWithDeadLetters();

  expect(await runCli('dead-letters', 'redrive', 'message-9', '--data', file)).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'dead-letters: there is no dead letter "message-9". See `npm run dead-letters -- list` with the same --data; it may have been dealt with.\n',
  });
});

test.each([
  [['show'], 'show needs the id of a dead letter'],
  [['discard'], 'discard needs the id of a dead letter'],
  [['redrive'], 'redrive needs the id of a dead letter'],
  [['redrive', 'message-1', '--all'], 'ids are of no use beside --all'],
])('%j is refused', async (args, message) => {
  const file = temporaryFile('shop.db');

  expect(await rejectionOf(() => runHere(deadLettersCommand, ...args, '--data', file))).toMatchObject({
    name: 'InputError',
    message,
  });
});

test.each([
  [['list'], "required option '--data <file>' not specified"],
  [['bury', '--data', 'shop.db'], "unknown command 'bury'"],
  [['list', 'message-1', '--data', 'shop.db'], "too many arguments for 'list'"],
  [['discard', 'message-1', '--all', '--data', 'shop.db'], "unknown option '--all'"],
  [['list', '--data', 'shop.db', '--limit', '0'], 'Give a whole number, 1 or more.'],
])('%j is refused, too', async (args, text) => {
  const refused = await rejectionOf(() => runHere(deadLettersCommand, ...args));

  expect(refused).toMatchObject({ name: 'CommanderError', message: expect.stringContaining(text) });
});

test('the help shows examples', () => {
  const help = deadLettersCommand(() => {});

  expect(printedHelp(help)).toContain('npm run dead-letters -- redrive --all --data shop.db');
});
