import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkPages } from '../../scripts/readme/check.ts';
import { check, repository, update } from './temporary-repository.ts';

describe('blocks that show a file', () => {
  const files = { 'examples/hello.ts': '/** Says hello. */\nexport const hello = 1;\n' };
  const block = (...lines: string[]) => ['```ts file=examples/hello.ts', ...lines, '```'];

  test('the whole file passes, and so does the file without its leading comment', async () => {
    expect(await check(block('/** Says hello. */', 'export const hello = 1;'), files)).toEqual([]);
    expect(await check(block('export const hello = 1;'), files)).toEqual([]);
  });

  test('a line that differs and a file that does not exist are failures', async () => {
    expect(await check(block('export const hello = 2;'), files)).toEqual([
      'README.md:2: differs from examples/hello.ts',
    ]);
    expect(await check(block('export const hello = 1;'))).toEqual([
      'README.md:1: there is no file examples/hello.ts',
    ]);
  });

  test('an update shows the file as it is now', async () => {
    expect((await update(block('export const bye = 2;', '', ''), files)).readme).toEqual(
      block('export const hello = 1;'),
    );
  });
});

describe('code that is run', () => {
  const run = (code: string, ...output: string[]) => [
    '```ts run',
    code,
    '```',
    '',
    '```text output',
    ...output,
    '```',
  ];
  const files = { 'src/greeting.ts': `export const greeting: string = 'hello';\n` };
  const code = `import { greeting } from './src/greeting.ts'; console.log(greeting);`;

  test('it may import from the repository, its output is compared, and no file is left behind', async () => {
    const root = repository(run(code, 'hello'), files);
    expect(await checkPages({ root })).toEqual([]);
    expect(readdirSync(root).sort()).toEqual(['README.md', 'package.json', 'src']);
  });

  test('a wrong output is a failure, and an update mends it', async () => {
    expect(await check(run(code, 'bye'), files)).toEqual([
      'README.md:6: says "bye", but the output is "hello"',
    ]);
    expect((await update(run(code, 'bye'), files)).readme).toEqual(run(code, 'hello'));
  });

  test('code that throws is a failure, and still no file is left behind', async () => {
    const root = repository(run(`throw new Error('sold out');`, 'hello'));
    expect(await checkPages({ root })).toEqual(['README.md:1: this code exits with 1: Error: sold out']);
    expect(readdirSync(root).sort()).toEqual(['README.md', 'package.json']);
  });

  test('an output that belongs to no code is a failure', async () => {
    expect(await check(['```text output', 'hello', '```'])).toEqual([
      'README.md:1: this output follows no "ts run" block',
    ]);
  });
});
