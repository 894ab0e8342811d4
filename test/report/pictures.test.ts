import pc from 'picocolors';
import { expect, test } from 'vitest';
import { type Document, type Picture, toLines, toMarkdown, toPage } from '../../src/report/index.ts';

const hostile = '<b>x';
const noonMs = Date.parse('2026-03-02T12:00:00Z');

const bars: Picture = {
  kind: 'bars',
  caption: 'Points',
  unit: 'points',
  bars: [
    { name: hostile, value: 16, tone: 'good' },
    { name: 'ben', value: 4 },
    { name: 'clara', value: 0 },
  ],
};
const lines: Picture = {
  kind: 'lines',
  caption: 'Widths',
  unit: 'mm',
  ends: ['first', 'last'],
  lines: [{ name: 'A', values: [59, 60, null, 61], marks: [{ index: 3, words: 'too wide' }] }],
  limits: [{ name: 'upper limit', value: 60.404 }],
};
const timeline: Picture = {
  kind: 'timeline',
  caption: 'Parcels',
  lanes: [
    {
      name: 'p1',
      spans: [{ fromMs: noonMs, toMs: noonMs + 30_000, words: 'packed' }],
      moments: [{ atMs: noonMs + 60_000, words: 'sent' }],
    },
  ],
};
const grid: Picture = {
  kind: 'grid',
  caption: 'Beds',
  heading: ['', 'Monday', 'Tuesday'],
  rows: [{ name: 'room 1', fields: [{ text: 'free', tone: 'good' }, { text: hostile }] }],
};

const drawn = (picture: Picture, width = 40): string[] =>
  toLines([picture], { width, colors: pc.createColors(false) });

test('bars are as long as their values, the longest as long as there is room for', () => {
  expect(drawn(bars)).toEqual([
    '<b>x   ██████████████████████  16 points',
    'ben    █████▌                   4 points',
    'clara                           0 points',
  ]);
});

test('values are signs on one scale with the limits; what stands out is pointed at', () => {
  expect(drawn(lines)).toEqual([
    'A  ▁▅ █  59–61 mm',
    '      ^',
    '   first – last',
    '   upper limit 60.404 mm',
  ]);
});

test('what lasts is thick, what happens is a dot, and words stand behind it', () => {
  expect(drawn(timeline)).toEqual(['p1  ━━━━━━━━━━━━─────────●  packed, sent', '    12:00:00      12:01:00']);
});

test('in a pipe, where lines may be of any length, a picture has an end', () => {
  for (const picture of [bars, lines, timeline, grid])
    for (const line of drawn(picture, Number.POSITIVE_INFINITY)) expect(line.length).toBeLessThanOrEqual(120);
});

test('where nothing can be drawn, all of it is in figures and words', () => {
  const markdown = toMarkdown([bars, lines, timeline, grid]);

  expect(markdown).toContain('| ben | 4 |');
  expect(markdown).toContain('| A | 59, 60, –, 61 | 4: too wide |');
  expect(markdown).toContain('| p1 | 12:00:00 | 12:00:30 | packed |');
  expect(markdown).toContain('| room 1 | free | &lt;b>x |');
});

test('on a page they are drawn, with the same in figures below, and every word is escaped', () => {
  const heading: Document = [{ kind: 'heading', text: 'All', id: 'all' }];
  const options = { title: 't', kicker: 'k', headline: 'h', lead: 'l', footer: 'f' };
  const page = toPage([...heading, bars, lines, timeline, grid], options);

  expect(page).not.toContain(hostile);
  expect(page).toContain('<i class="ink good" style="width:100%"></i>');
  expect(page).toContain('<i class="ink " style="width:25%"></i>');
  // Broken where there is no value: the last one stands alone.
  expect(page).toMatch(/class="plotted" d="M1 [\d.]+L33.67 [\d.]+M99 [\d.]+"/);
  expect(page).toContain('style="left:0%;width:50%" title="12:00:00 packed"');
  expect(page).toContain('<td class="good">free</td>');
  expect(page.match(/<summary>In figures/g)).toHaveLength(3);
  expect(page).not.toContain('<script');
});

test('of nothing there is nothing to draw, and no picture minds', () => {
  expect(drawn({ ...bars, bars: [] })).toEqual([]);
  expect(drawn({ kind: 'lines', caption: 'c', lines: [{ name: 'A', values: [] }] })).toEqual(['A    –']);
  expect(drawn({ kind: 'timeline', caption: 'c', lanes: [{ name: 'p1', spans: [] }] })[0]).toContain(
    'p1  ──',
  );
});
