import { expect, test } from 'vitest';
import { check, update } from './temporary-repository.ts';

const consoleBlock = (...lines: string[]) => ['```console', ...lines, '```'];

test('a true output passes, also when two commands share a block', async () => {
  const block = consoleBlock('$ npm run greet', 'hello', 'world', '', '$ npm run greet', 'hello', '…');
  expect(await check(block)).toEqual([]);
});

test('a wrong line is named with its place and with what the command really said', async () => {
  const failures = await check(['# Shop', '', ...consoleBlock('$ npm run greet', 'hello', 'moon')]);
  expect(failures).toEqual(['README.md:6: says "moon", but the output is "world"']);
});

test('an output that goes on after the last line is a failure', async () => {
  expect(await check(consoleBlock('$ npm run greet', 'hello'))).toEqual([
    'README.md:4: ends here, but the output goes on with "world"',
  ]);
});

test('every figure of a benchmark may differ, its words may not', async () => {
  expect(await check(consoleBlock('$ npm run bench', 'bus  rate', 'fast  1,234'))).toEqual([]);
  expect(await check(consoleBlock('$ npm run bench', 'bus  rate', 'slow  1,234'))).toHaveLength(1);
});

test('a command that fails is a failure, unless the block says so', async () => {
  const block = consoleBlock('$ npm run fail', '…');
  expect(await check(block)).toEqual(['README.md:2: "npm run fail" exits with 1, not 0: no luck']);
  expect(await check(['```console exit=1', ...block.slice(1)])).toEqual([]);
});

test('a command without output is not run; one that cannot be run may show none', async () => {
  expect(await check(consoleBlock('$ npm ci', '$ npm run fail'))).toEqual([]);
  expect(await check(consoleBlock('$ git --version', 'git'))).toEqual([
    'README.md:2: cannot check the output of "git --version"',
  ]);
});

test('an update writes the real output and leaves the ellipsis and the rest of the page alone', async () => {
  const page = (...output: string[]) => [
    '- a list:',
    '',
    '  ```console',
    '  $ npm run greet',
    ...output,
    '  ```',
    'end',
  ];
  expect((await update(page('  hullo', '  …'))).readme).toEqual(page('  hello', '  …'));
  expect((await update(page('  hi', '', '  you', '  all'))).readme).toEqual(page('  hello', '  world'));
});
