import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Comparison } from '../../../src/lab/comparison/comparison.ts';
import {
  comparisonMarkdown,
  comparisonPage,
  outdated,
  readPage,
  renderSummaryScreen,
} from '../../../src/lab/comparison/index.ts';
import { maskTimings } from '../../../src/lab/comparison/markdown.ts';
import { temporaryFile } from '../../support/temporary-file.ts';
import { aComparison } from './a-comparison.ts';
import { plain } from './shown.ts';

/** Behind those of each architecture the same figures again, as on a server. */
const oneMore = <Way extends { readonly architecture: string; readonly handOver: string }>(
  ways: readonly Way[],
): Way[] =>
  ways.flatMap((way) =>
    way.handOver === 'durable' || way.handOver === 'transactional'
      ? [way, { ...way, handOver: `${way.handOver}-on-postgresql` }]
      : [way],
  );

const onAServer: Comparison = {
  ...aComparison,
  server: { name: 'PostgreSQL 15.14', place: 'postgres://shop@127.0.0.1:5432/postgres' },
  faults: oneMore(aComparison.faults),
  behaviour: oneMore(aComparison.behaviour),
  learning: oneMore(aComparison.learning),
  retelling: oneMore(aComparison.retelling),
};

const where =
  'PostgreSQL 15.14 at postgres://shop@127.0.0.1:5432/postgres, each run in a database of its own.';

test('it is a row of its own in each table, and the page says which server that was', () => {
  const page = comparisonMarkdown(onAServer);

  expect(page.match(/^\| pipeline \| durable bus on PostgreSQL \|/gm)).toHaveLength(2);
  expect(page.match(/^\| api-driven \| call in transaction on PostgreSQL \|/gm)).toHaveLength(2);
  expect(page).toContain(
    'Where there are several answers: in-memory bus / durable bus / durable bus on PostgreSQL; call after commit / call in transaction / call in transaction on PostgreSQL.',
  );
  expect(page).toContain(`On PostgreSQL: ${where}`);
  expect(page).toContain('145 (103–200) / 0 (0–19) / 0 (0–19)');
  expect(page).toContain('or nothing (durable bus, durable bus on PostgreSQL)');
  expect(page).toContain('- lost, durable bus on PostgreSQL: never: the event is committed with the change');
  expect(page).toContain('Measured on Node 20.19, 2 cores and PostgreSQL 15.14;');
});

test('on the terminal and in the browser too', () => {
  const screen = renderSummaryScreen(onAServer, plain(200)).join('\n');

  expect(screen).toContain(where);
  expect(comparisonPage(onAServer)).toContain('postgres://shop@127.0.0.1:5432/postgres');
  expect(comparisonPage(onAServer)).toContain('--data postgres://');
});

test('nothing speaks of it where nobody has asked for it', () => {
  for (const said of [comparisonMarkdown(aComparison), comparisonPage(aComparison)]) {
    expect(said).not.toMatch(/postgres/i);
    expect(said).toContain('Where there are two answers');
  }
});

test('a page is held to what it says, wherever the server was, and names the command that writes it', async () => {
  const file = temporaryFile('page.md');
  writeFileSync(file, comparisonMarkdown(onAServer));
  const page = await readPage(file);
  const elsewhere = { ...onAServer, server: { name: 'PostgreSQL 17.2', place: 'postgres://db/shop' } };

  expect(maskTimings(comparisonMarkdown(elsewhere))).toBe(maskTimings(comparisonMarkdown(onAServer)));
  expect(outdated(elsewhere, page)).toEqual([]);
  expect(outdated({ ...onAServer, faults: onAServer.faults.slice(1) }, page)).toEqual([
    expect.stringContaining(
      '`npm run compare -- --thorough --markdown FILE --data postgres://…` writes it anew',
    ),
  ]);
});
