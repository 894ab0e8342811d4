import { expect, test } from 'vitest';
import { comparisonPage } from '../../../src/lab/comparison/page.ts';
import { aComparison } from './a-comparison.ts';
import { nothingMeasured, withHostileTexts } from './shown.ts';

const page = comparisonPage(aComparison);

const idsOf = (markup: string): string[] => [...markup.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '');

test('the page needs nothing beside it: it has no script, and loads nothing', () => {
  expect(page).not.toMatch(/<script|@import|https?:\/\//i);
  expect([...page.matchAll(/ (?:src|href)="([^"]*)"/g)].every(([, to]) => /^(#|data:)/.test(to ?? ''))).toBe(
    true,
  );
  expect(page).not.toMatch(/ on\w+="/);
});

test('the same comparison gives the same page', () => {
  expect(comparisonPage(structuredClone(aComparison))).toBe(page);
});

test('every text is escaped, wherever it stands', () => {
  const hostile = comparisonPage(
    withHostileTexts(aComparison, `</style><img src=x onerror="alert('1')"> & co`),
  );

  expect(hostile).not.toContain('<img');
  expect(hostile.match(/<\/style>/g)).toHaveLength(1);
  expect(hostile).not.toMatch(/ & co/);
  expect(hostile).toContain(
    'shipOrder&lt;/style&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co',
  );
});

test('ids are unique, and every reference to one leads to it', () => {
  const ids = idsOf(page);

  expect(new Set(ids).size).toBe(ids.length);
  const references = [...page.matchAll(/ (?:aria-labelledby|for|href)="#?([^":,]+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const id of references.flatMap(([, names = '']) => names.split(' '))) expect(ids).toContain(id);
});

test('every path that was played is a drawing with a title, a description and a list in words', () => {
  const drawings = page.match(/<svg class="sequence" role="img"[\s\S]*?<\/svg>/g) ?? [];

  expect(drawings).toHaveLength(7);
  for (const drawing of drawings) expect(drawing).toMatch(/<title id=[\s\S]*<desc id=[\s\S]*: call \w+/);
  expect(page.match(/<summary>As a list<\/summary>/g)).toHaveLength(7);
  expect(page).toContain('<li>delivery → datastore: write decisions, 2 times</li>');
});

test('the heat map says in words what its colours say', () => {
  expect(page).toContain('<td class="bad"><b>lost 130 (90–184)</b><br>repeated 20 (8–50)</td>');
  expect(page).toContain('<td class="warning"><b>waits 30 s</b>');
  expect(page).toMatch(/<td class="good">✓ <span class="hidden">everybody got it, once and in time<\/span>/);
});

test('every heading of a table says whether it heads a row or a column', () => {
  const headings = page.match(/<th\b[^>]*>/g) ?? [];

  expect(headings.length).toBeGreaterThan(40);
  expect(headings.filter((heading) => !/scope="(row|col)"/.test(heading))).toEqual([]);
});

test('what was not measured is left out, in the contents too', () => {
  const empty = comparisonPage(nothingMeasured(aComparison));

  expect(empty.match(/<section id="\w+">/g)).toEqual(['<section id="reproduce">']);
  expect(empty.match(/<a href="#\w+">/g)).toEqual(['<a href="#reproduce">']);
});

test('loss, latency and coupling are one drawing, with every point in words and its spread as lines', () => {
  const [chart = ''] = page.match(/<figure class="chart">[\s\S]*?<\/figure>/) ?? [];

  expect(chart.match(/<circle /g)).toHaveLength(8);
  expect(chart.match(/<path d="M[\d.]+ [\d.]+H[\d.]+M[\d.]+ [\d.]+V[\d.]+"\/>/g)).toHaveLength(8);
  expect(chart).toContain(
    '<li><b>api-driven (call after commit)</b>: 130 (90–184) of 1,000, 130 (120–140) ms, 4 of 4 services know of notifications</li>',
  );
  expect(comparisonPage({ ...aComparison, behaviour: [] })).not.toContain('class="chart"');
});

test('two architectures are side by side to begin with, under heads that stay, and no drawing leaves its column', () => {
  expect(page.match(/<input type="checkbox" id="diagram-\d" checked>/g)).toHaveLength(2);
  expect(page).toMatch(/\.path figcaption \{ position: sticky; top: 0;/);
  expect(page).toMatch(/\.sequence \{[^}]* width: 100%; max-width: var\(--natural\)/);
});

test('the fault that is worst for somebody is the first column', () => {
  const [matrix = ''] = page.match(/<caption>Effects of each fault<\/caption>[\s\S]*?<\/thead>/) ?? [];

  expect([...matrix.matchAll(/<th scope="col">([^<]*)/g)].map(([, name]) => name)).toEqual([
    'crash',
    'slow-provider',
    'provider-down',
    'duplicate-event',
    'out-of-order',
    'poison-event',
  ]);
});
