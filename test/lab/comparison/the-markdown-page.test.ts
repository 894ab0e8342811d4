import { expect, test } from 'vitest';
import { comparisonMarkdown } from '../../../src/lab/comparison/markdown.ts';
import { aComparison } from './a-comparison.ts';
import { nothingMeasured, withHostileTexts } from './shown.ts';

const page = comparisonMarkdown(aComparison);

/** Each table as its rows of cells. */
function tablesOf(markdown: string): string[][][] {
  const blocks = markdown.split('\n\n').filter((block) => block.startsWith('|'));
  return blocks.map((block) =>
    block
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/(?<!\\)\|/).slice(1, -1)),
  );
}

const headingsOf = (markdown: string): string[] =>
  markdown.split('\n').filter((line) => /^#{1,6} /.test(line));

test('the answer comes first, then the summary, then what is behind it, then a section for each scenario', () => {
  expect(headingsOf(page)).toEqual([
    '# The architectures compared',
    '## The answer',
    '### Choose this when …',
    '## Summary',
    '## Faults, in virtual time',
    '### When a kill does harm, and for how long',
    '## Times and throughput',
    '## Coupling, from the import graph and the tables in use',
    '### Reached there, and not everywhere (rooms/ and tables)',
    '### Who knows whom to tell when',
    '## Why was this customer not notified?',
    '## Declared divergences, each shown by a test',
    '### event-sourced',
    '### api-driven',
    '## The path of each scenario',
    '### order-shipped',
    '### price-drop',
  ]);
});

test('the same comparison gives the same page, which ends with one newline', () => {
  expect(comparisonMarkdown(structuredClone(aComparison))).toBe(page);
  expect(page).toMatch(/[^\n]\n$/);
});

test.each([
  ['as they are', ''],
  ['with edges of cells, markup and line breaks in them', ' | <b>x</b> `y` [z](q) *\n_'],
])('every row of a table has as many cells as its heading, with texts %s', (_, suffix) => {
  const tables = tablesOf(comparisonMarkdown(withHostileTexts(aComparison, suffix)));

  expect(tables.length).toBeGreaterThanOrEqual(8);
  for (const [heading = [], rule = [], ...rows] of tables) {
    expect(rule.every((cell) => /^ --[-:] $/.test(cell))).toBe(true);
    expect(rows.length).toBeGreaterThan(0);
    expect([rule, ...rows].map(({ length }) => length)).toEqual(Array(rows.length + 1).fill(heading.length));
  }
});

test('no text is taken for HTML', () => {
  const hostile = comparisonMarkdown(withHostileTexts(aComparison, '<img src=x onerror=alert(1)>'));

  // In code spans and in Mermaid's own entities it is text anyway.
  const outsideCode = hostile.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  expect(outsideCode).not.toMatch(/<img/);
  expect(hostile.match(/```mermaid[\s\S]*?```/g)?.join('')).not.toMatch(/<img/);
});

test('the matrix of faults says what each fault did', () => {
  expect(page).toContain(
    '| api-driven | call after commit | **lost 130 (90–184)**, repeated 20 (8–50) | waits 30 s | 12 late | – | ✓ | ✓ |',
  );
  expect(page).toContain('- `crash`: the process is killed at random times; 200 kills, 400 deliveries');
});

test('what a service reaches in some architectures only is in bold', () => {
  expect(page).toContain(
    '| pricing, tables | products, events | products, events, **carts**, **customers**, **preferences** |',
  );
});

test('each divergence leads to the test that shows it, from the folder docs/', () => {
  expect(page).toContain('[crash.test.ts](<../test/architectures/crash.test.ts>)');
});

test('a path is a sequence diagram, folded away under what it counts', () => {
  expect(page).toContain(`<details>
<summary>api-driven: 3 calls, 1 read, 5 writes and 2 sends</summary>

\`\`\`mermaid
sequenceDiagram
  participant p1 as caller
  participant p2 as ordering
  participant p3 as datastore
  participant p4 as notification-api
  participant p5 as delivery
  participant p6 as email
  participant p7 as sms
  p1->>p2: shipOrder
  p2->>p3: write orders
  p2->>p3: write events
  p2->>p4: notify
  p4->>p5: request
  p5->>p3: write deliveries
  p5-->>p3: read customers
  p5->>p6: send order-shipped
  p5->>p7: send order-shipped
  p5->>p3: write decisions ×2
\`\`\`

</details>
`);
});

test('what the architectures do not agree on is listed; who cannot play says why', () => {
  expect(page).toContain(`✗ not the same deliveries on all of them

- \`command-driven: + ben price-drop email: segment_not_eligible\``);
  expect(page).toContain('pipeline cannot play it: it has no way to read carts.');
});

test('the hops stand in the summary where no times were measured', () => {
  const quick = comparisonMarkdown({ ...aComparison, behaviour: [] });

  expect(quick).toContain('| Hops from the command to the provider | 9 | 6 | 4 | 10 |');
  expect(quick).not.toContain('## Times');
});

test('what was not measured is left out', () => {
  const onlyFaults = { ...nothingMeasured(aComparison), faults: aComparison.faults };

  expect(headingsOf(comparisonMarkdown(onlyFaults))).toEqual([
    '# The architectures compared',
    '## Summary',
    '## Faults, in virtual time',
    '### When a kill does harm, and for how long',
  ]);
});
