import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPages } from '../../scripts/readme/check.ts';
import { check as checkWith, repository } from './temporary-repository.ts';

const truePage = '# Compared\n\n## Summary\n\n| bread | cake |\n\n## More\n';
/** Compares bread and cake. */
const command = `
  import { readFileSync, writeFileSync } from 'node:fs';
  const file = 'docs/COMPARISON.md';
  const page = ${JSON.stringify(truePage)};
  if (process.argv.includes('--markdown')) writeFileSync(file, page);
  else if (readFileSync(file, 'utf8') !== page) {
    console.error('it is stale');
    process.exit(1);
  }`;
const files = { 'compare.mjs': command };
const check = (readme: string[], others: Record<string, string> = {}) =>
  checkWith(readme, { ...files, ...others });
const stalePage = truePage.replace('cake', 'pie');
const block = (...lines: string[]) => [
  '# Shop',
  '',
  '<!-- comparison -->',
  ...lines,
  '<!-- /comparison -->',
  'end',
];

test('a page of the comparison that the command finds true passes, and so does its summary elsewhere', async () => {
  const readme = block('', '| bread | cake |', '');
  expect(await check(readme, { 'docs/COMPARISON.md': truePage })).toEqual([]);
});

test('a page that is out of date is a failure, in the words of the command', async () => {
  expect(await check(['# Shop'], { 'docs/COMPARISON.md': stalePage })).toEqual([
    'docs/COMPARISON.md:1: it is stale',
  ]);
});

test('a summary that differs is named with its place', async () => {
  expect(await check(block('', '| bread | pie |', ''), { 'docs/COMPARISON.md': truePage })).toEqual([
    'README.md:5: differs from the summary in docs/COMPARISON.md',
  ]);
});

test('a block without an end, or without anything to show, is a failure', async () => {
  const open = ['# Shop', '<!-- comparison -->'];
  expect(await check(open, { 'docs/COMPARISON.md': truePage })).toEqual([
    'README.md:2: there is no <!-- /comparison --> behind this',
  ]);
  expect(await check(block())).toEqual(['README.md:3: there is no summary in docs/COMPARISON.md']);
});

test('an update has the page written anew, and then shows its summary', async () => {
  const root = repository(block('something old'), { ...files, 'docs/COMPARISON.md': stalePage });

  expect(await checkPages({ root, update: true })).toEqual([]);

  expect(readFileSync(join(root, 'docs/COMPARISON.md'), 'utf8')).toBe(truePage);
  const readme = readFileSync(join(root, 'README.md'), 'utf8').trimEnd().split('\n');
  expect(readme).toEqual(block('', '| bread | cake |', ''));
});
