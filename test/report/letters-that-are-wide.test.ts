import pc from 'picocolors';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cut, toLines, wrap } from '../../src/report/index.ts';

const terminal = { width: 40, colors: pc.createColors(false) };

test('a cut goes between signs, never through one', () => {
  expect(cut('Summit 😀 Helmet', 9)).toBe('Summit …');
  expect(cut('Summit 😀 Helmet', 10)).toBe('Summit 😀…');
  expect(cut('家族 👨‍👩‍👧 shop', 8)).toBe('家族 👨‍👩‍👧…');
});

test('what fits is left alone', () => {
  expect(cut('日本', 4)).toBe('日本');
});

test('lines are broken by what they take on the screen', () => {
  expect(wrap('日本 日本 日本', 9)).toEqual(['日本 日本', '日本']);
});

test('columns behind wide letters stand where the others stand', () => {
  const rows = [
    ['日本', '1'],
    ['ab', '20'],
  ].map((cells) => ({ cells, text: 'parcels' }));

  const lines = toLines([{ kind: 'columns', align: ['left', 'right'], rows }], terminal);

  expect(lines).toEqual(['日本   1  parcels', 'ab    20  parcels']);
  expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
});

test('a word that is wider than the screen is broken, so that what stands around it keeps its indent', () => {
  const lines = toLines(
    [{ kind: 'paragraph', lines: [{ text: 'x'.repeat(50), indent: 2, hang: 2 }] }],
    terminal,
  );

  expect(lines).toEqual([`  ${'x'.repeat(36)}`, `    ${'x'.repeat(14)}`]);
});
