import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Ran, runCli } from '../../support/command-line.ts';

const compare = (...args: readonly string[]): Promise<Ran> => runCli('compare', ...args);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'compare-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('--help has examples', async () => {
  const { code, stdout } = await compare('--help');

  expect(code).toBe(0);
  expect(stdout).toContain('npm run compare -- --thorough');
  expect(stdout).toContain('Exit codes');
});

test.each([
  ['a scenario that nobody knows', ['no-such'], 'there is no scenario "no-such"'],
  ['an option that nobody knows', ['--fast'], "unknown option '--fast'"],
  ['two wishes at once', ['--check', '--json'], "option '--json' cannot be used with option '--check"],
  ['a check that is to write', ['--check', '--html', 'x.html'], 'cannot be used with option'],
])('%s is bad usage, in one line and at once', async (_, args, complaint) => {
  const { code, stdout, stderr } = await compare(...args);

  expect(code).toBe(2);
  expect(stderr).toContain(complaint);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
});

test('a page that cannot be written is said before the work is done', async () => {
  const { code, stderr } = await compare('--html', join(folder(), 'nowhere', 'page.html'));

  expect(code).toBe(2);
  expect(stderr).toContain('there is no folder');
});

test('a page to check that is not there is bad input', async () => {
  const { code, stderr } = await compare('--check', join(folder(), 'COMPARISON.md'));

  expect(code).toBe(2);
  expect(stderr).toContain('npm run compare -- --thorough --markdown');
});

test('a folder cannot be checked', async () => {
  const path = folder();
  writeFileSync(join(path, 'file'), '');

  const { code } = await compare('--check', path);

  expect(code).toBe(2);
});
