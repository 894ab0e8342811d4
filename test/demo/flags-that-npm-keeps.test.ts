import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { type Environment, refuseSwallowedFlags } from '../../src/demo/swallowed-flags.ts';
import { temporaryFile } from '../support/temporary-file.ts';

const run = promisify(execFile);

/** What a command with flags of every sort says when npm has left `kept`; undefined when it goes on. */
function complaint(argv: readonly string[], kept: Environment): string | undefined {
  let said: string | undefined;
  const command = new Command('shop')
    .option('--json', '')
    .option('--quiet', '')
    .option('--leave-broken', '')
    .option('--markdown [file]', '')
    .option('--data <file>', '')
    .option('--limit <n>', '')
    .exitOverride()
    .configureOutput({
      outputError(text) {
        said = text.replace(/^error: /, '').trim();
      },
    });
  const run = (): void =>
    refuseSwallowedFlags(command, 'shop', argv, {
      npm_lifecycle_event: 'shop',
      npm_config_local_prefix: '/nowhere',
      ...kept,
    });
  try {
    run();
  } catch {
    // commander ends so.
  }
  return said;
}

test.each([
  { argv: ['ada'], kept: { npm_config_json: 'true' }, typed: 'ada --json' },
  { argv: [], kept: { npm_config_leave_broken: 'true' }, typed: '--leave-broken' },
  { argv: ['ada'], kept: { npm_config_loglevel: 'warn' }, typed: 'ada --quiet' },
  { argv: [], kept: { npm_config_data: 'my shop.db' }, typed: "--data 'my shop.db'" },
  { argv: ['shop.db'], kept: { npm_config_data: 'true' }, typed: '--data shop.db' },
  { argv: ['ada', 'shop.db'], kept: { npm_config_data: 'true' }, typed: '… --data <file>' },
  {
    argv: ['shop.db', '5'],
    kept: { npm_config_data: 'true', npm_config_limit: 'true' },
    typed: '… --data <file> --limit <n>',
  },
  { argv: [], kept: { npm_config_data: 'true' }, typed: '… --data <file>' },
  { argv: ['a.md'], kept: { npm_config_markdown: 'true' }, typed: 'a.md --markdown' },
])('$kept before $argv is "$typed" behind the two dashes', ({ argv, kept, typed }) => {
  expect(complaint(argv, kept)).toMatch(/^npm has kept --\S+(, --\S+)* for itself\. /);
  expect(complaint(argv, kept)?.split('npm run shop -- ')[1]).toBe(typed);
});

test.each([
  { why: 'it has arrived too', argv: ['--json'], kept: { npm_config_json: 'true' } },
  { why: 'it has arrived with a value', argv: ['--data=a.db'], kept: { npm_config_data: 'true' } },
  { why: 'npm says no to it', argv: [], kept: { npm_config_json: '' } },
  { why: 'npm is silent by itself', argv: [], kept: { npm_config_loglevel: 'silent' } },
  { why: 'it is none of ours', argv: [], kept: { npm_config_color: 'always' } },
  {
    why: 'it is set in the environment',
    argv: [],
    kept: { npm_config_loglevel: 'warn', NPM_CONFIG_LOGLEVEL: 'warn' },
  },
  {
    why: 'it belongs to a script around this one',
    argv: [],
    kept: { npm_lifecycle_event: 'check', npm_config_json: 'true' },
  },
])('nothing is said when $why', ({ argv, kept }) => {
  expect(complaint(argv, kept)).toBeUndefined();
});

test('what npm is configured with in a file, nobody has typed', () => {
  const file = temporaryFile('.npmrc');
  writeFileSync(file, 'fund = false\nloglevel = warn\n');

  expect(complaint([], { npm_config_loglevel: 'warn', npm_config_userconfig: file })).toBeUndefined();
  expect(complaint([], { npm_config_json: 'true', npm_config_userconfig: file })).toContain('--json');
});

test.each([
  { script: 'demo', typed: ['price-drop', '--json'], right: 'npm run demo -- price-drop --json' },
  { script: 'demo', typed: ['--list'], right: 'npm run demo -- --list' },
  { script: 'dead-letters', typed: ['list', '--data=shop.db'], right: 'dead-letters -- list --data shop.db' },
  { script: 'soak', typed: ['--seed=7'], right: 'npm run soak -- --seed 7' },
])('npm run $script $typed ends with exit code 2', async ({ script, typed, right }) => {
  const ended = run('npm', ['run', '--silent', script, ...typed]);

  await expect(ended).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^[^\n]+\n$/),
  });
  await expect(ended).rejects.toMatchObject({ stderr: expect.stringContaining(right) });
});

test('the program of the checkout takes its flags itself, from anywhere', async () => {
  const program = join(import.meta.dirname, '../../bin/notification-architectures.mjs');

  const { stdout } = await run(process.execPath, [program, 'demo', '--list'], { cwd: '/' });

  expect(stdout).toMatch(/^order-shipped +\S/);
});
