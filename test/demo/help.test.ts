import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../support/command-line.ts';

const commands = [
  [],
  ['demo'],
  ['replay'],
  ['explain'],
  ['pipeline'],
  ['flow'],
  ['dead-letters'],
  ['dead-letters', 'list'],
  ['dead-letters', 'show'],
  ['dead-letters', 'redrive'],
  ['dead-letters', 'discard'],
  ['suppressions'],
  ['suppressions', 'list'],
  ['suppressions', 'add'],
  ['suppressions', 'remove'],
  ['receipts'],
  ['serve'],
  ['worker'],
  ['lab'],
  ['resume'],
  ['compare'],
  ['events'],
  ['projections'],
  ['status'],
];

/** What a command prints on a terminal of so many columns. */
async function helpOf(command: readonly string[], columns: number): Promise<string> {
  const before = process.stdout.columns;
  onTestFinished(() => {
    process.stdout.columns = before;
  });
  process.stdout.columns = columns;
  const { code, stdout, stderr } = await runCli(...command, '--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const wordsOf = (help: string): string[] => help.replaceAll(' \\\n', '\n').trim().split(/\s+/);

test.each(commands.map((command) => ({ command, named: command.join(' ') })))(
  'the help of $named can be read at 60 columns and at 80',
  async ({ command }) => {
    const wide = wordsOf(await helpOf(command, 100));

    for (const columns of [60, 80]) {
      const help = await helpOf(command, columns);

      expect(help.split('\n').filter((line) => line.length > columns)).toEqual([]);
      expect(wordsOf(help)).toEqual(wide);
    }
  },
);

test('the program lists its commands, and a command those under it', async () => {
  const listed = async (...command: readonly string[]): Promise<string[]> =>
    [...(await helpOf(command, 80)).matchAll(/^ {2}([a-z][a-z-]+)(?: \[[^\]]+\])* {2,}[A-Z]/gm)].map(
      ([, name = '']) => name,
    );

  const scripts = await listed();
  expect(scripts).toEqual(commands.flatMap(([name, ...under]) => (under.length === 0 ? (name ?? []) : [])));
  for (const script of ['dead-letters', 'suppressions'])
    expect(await listed(script)).toEqual(
      commands.flatMap(([name, under]) => (name === script ? (under ?? []) : [])),
    );
});

test('a command under another has a help of its own', async () => {
  const help = await helpOf(['dead-letters', 'redrive'], 80);

  expect(help).toMatch(/^Usage: npm run dead-letters -- redrive \[options\] \[id\.\.\.\]\n/);
  expect(help).toContain('--all');
  expect(help).not.toContain('--limit');
  expect(await helpOf(['dead-letters', 'list'], 80)).not.toContain('--all');
});

test('what is typed on several lines is one command for a shell', async () => {
  const help = await helpOf(['suppressions'], 60);

  expect(help).toContain(`  npm run suppressions -- add kim@example.com \\
    --reason blocked --note 'asked by phone' \\
    --data shop.db
  npm run suppressions -- remove kim@example.com \\
    '+44 7700 900001' --data shop.db`);
});

test('what is wrong under a command says whose help to ask for', async () => {
  expect(await runCli('dead-letters', 'show', '--all', '--data', 'shop.db')).toEqual({
    code: 2,
    stdout: '',
    stderr: "dead-letters: unknown option '--all' (npm run dead-letters -- show --help)\n",
  });
});
