import { expect, test } from 'vitest';
import { check } from './temporary-repository.ts';

const page = { 'docs/adr/0001-bus.md': '# The bus\n\n## Why, really?\n\n[up](../../README.md#shop)\n' };

test('links that lead to a file, a folder or a heading pass, and so do external ones', async () => {
  const links = [
    '[a](docs/adr/0001-bus.md#why-really)',
    '[b](./docs)',
    '[c](https://example.com/x)',
    '`[d](e)`',
  ];
  expect(await check(['# Shop', ...links, '[ref]: docs/adr/0001-bus.md'], page)).toEqual([]);
});

test('a link to a missing file, a missing heading or out of the repository is dead', async () => {
  const links = ['[a](nowhere.md)', '[b](docs/adr/0001-bus.md#how)', '[c](../secret.md)', '[d](#shop)'];
  expect(await check(links, { 'docs/adr/0001-bus.md': '# The bus\n' })).toEqual([
    'README.md:1: dead link nowhere.md',
    'README.md:2: dead link docs/adr/0001-bus.md#how',
    'README.md:3: dead link ../secret.md',
    'README.md:4: dead link #shop',
  ]);
});

test('the pages of the rooms and of docs/ are checked too', async () => {
  const failures = await check(['# Home'], { ...page, 'src/bus/README.md': '[a](./gone.ts)\n' });
  expect(failures).toEqual([
    'docs/adr/0001-bus.md:5: dead link ../../README.md#shop',
    'src/bus/README.md:1: dead link ./gone.ts',
  ]);
});

test('a script that package.json does not have is a failure, in prose and in code', async () => {
  expect(await check(['Try `npm run greet`, then `npm run dance`.', '```sh', 'npm test', '```'])).toEqual([
    'README.md:1: package.json has no script "dance"',
    'README.md:3: package.json has no script "test"',
  ]);
});

test('the README keeps below 200 lines, and its blocks are closed', async () => {
  expect(await check(Array(199).fill('line'))).toEqual([]);
  expect(await check(Array(200).fill('line'))).toEqual(['README.md:200: 200 lines, more than 199']);
  expect(await check(['# Shop', '```ts'])).toEqual(['README.md:2: this block is never closed']);
});

test('a name that a link shows stands in the file that it leads to', async () => {
  const files = {
    'src/a.ts': 'export function shipOrder() {}\n',
    'docs/PATH.md': '[`shipOrders`](../src/a.ts)\n',
  };
  expect(await check(['[`shipOrder`](src/a.ts)', '[`sent`](src/a.ts)'], files)).toEqual([
    'README.md:2: there is no sent in src/a.ts',
    'docs/PATH.md:1: there is no shipOrders in ../src/a.ts',
  ]);
});
