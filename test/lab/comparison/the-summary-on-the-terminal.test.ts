import { expect, test } from 'vitest';
import { renderSummaryScreen } from '../../../src/lab/comparison/screen.ts';
import { aComparison } from './a-comparison.ts';
import { nothingMeasured, plain } from './shown.ts';

const lines = renderSummaryScreen(aComparison, plain(80));

/** The lines of a section, from its heading to the next blank line. */
function sectionOf(heading: string, from = lines): string {
  const start = from.findIndex((line) => line.startsWith(heading));
  return from.slice(start, from.indexOf('', start)).join('\n');
}

test('the matrix of faults has a row for each way to hand over, and names every effect', () => {
  expect(sectionOf('Faults')).toBe(`Faults, in virtual time
                                                          out-
                       provider-  slow-       duplicate-  of-    poison-
                       down       provider    event       order  event
event-sourced
  in-memory bus        12 late    ✓           ✓           ✓      ✓
  durable bus          12 late    3 late      ✓           ✓      ✓
api-driven
  call after commit    12 late    waits 30 s  –           ✓      ✓
  call in transaction  12 late    3 late      –           ✓      ✓
pipeline
  in-memory bus        12 late    ✓           ✓           ✓      ✓
  durable bus          12 late    3 late      ✓           ✓      ✓
command-driven
  in-memory bus        12 late    ✓           ✓           ✓      ✓
  durable bus          12 late    3 late      ✓           ✓      ✓`);
});

test('the answer comes first: a sentence an architecture, and what to choose for which reason', () => {
  expect(lines[0]).toBe('The answer');
  expect(sectionOf('Choose')).toContain('my callers need the outcome: api-driven');
  expect(lines.indexOf('Summary')).toBeLessThan(lines.indexOf('Faults, in virtual time'));
});

test('each fault is explained, with how much was tried', () => {
  expect(lines).toContain('  duplicate-event: each event is published twice; 1 run, 12 deliveries');
  expect(lines.join('\n')).toContain('at every operation; 126 to 132 runs, 252 to 264\n    deliveries');
});

test('times, throughput and memory are given to three digits', () => {
  expect(sectionOf('Times')).toBe(`Times, throughput and memory
                             hand-over  hand-over  caller  caller  deliveries
                       hops        p50        p99     p50     p99       per s
event-sourced
  in-memory bus           9       51.2       58.9   0.413    2.31      38,200
  durable bus             9       52.2       61.9   0.513    3.31      34,900
api-driven
  call after commit       6       53.2       64.9     104     132      31,700
  call in transaction     6       54.2       67.9   0.713    5.31      28,500
pipeline
  in-memory bus           4       55.2       70.9   0.813    6.31      25,300
  durable bus             4       56.2       73.9   0.913    7.31      22,100
command-driven
  in-memory bus          10       57.2       76.9    1.01    8.31      18,900
  durable bus            10       58.2       79.9    1.11    9.31      15,700`);
});

test('coupling is counted for each service, and what is not reached everywhere is named', () => {
  expect(sectionOf('Coupling')).toContain(`
                           event-sourced  api-driven  pipeline  command-driven
rooms a service reaches
  accounts                             4           6         4               4`);
  expect(sectionOf('Reached there')).toBe(`Reached there, and not everywhere (rooms/ and tables)
  api-driven, accounts, billing and ordering: delivery/, notifications/
  api-driven, pricing: delivery/, notifications/, carts, customers,
    preferences`);
});

test('who knows the rules, whom to ask, and what is admitted', () => {
  expect(sectionOf('Who knows')).toContain('event-sourced: src/event-sourced/notification-service.ts');
  expect(sectionOf('Why was')).toContain('api-driven: 3 stores: event log, ledger, pricing');
  expect(lines.join('\n')).toContain(`
api-driven
  lost-before-the-call: What was to be told is lost when the process dies
    between the commit and the call.
    test/architectures/crash.test.ts`);
});

test('at 50 columns the matrix goes on below, with its labels', () => {
  const narrow = renderSummaryScreen(aComparison, plain(50));

  expect(narrow.filter((line) => line.startsWith('  call'))).toEqual([
    '  call after commit    12 late    waits 30 s',
    '  call in transaction  12 late    3 late',
    '  call after commit    –           ✓      ✓',
    '  call in transaction  –           ✓      ✓',
    '  call after commit    lost in 250 of 1,000',
    '  call in transaction  doubled in 31 of 1,000,',
    '  call after commit       6       53.2       64.9',
    '  call in transaction     6       54.2       67.9',
    '  call after commit       104     132      31,700',
    '  call in transaction   0.713    5.31      28,500',
    '  call after commit     349',
    '  call in transaction   360',
    '  caller-does-not-learn: The caller of a command',
    '  caller-waits: The caller waits for the slowest',
  ]);
});

test('what was not measured is left out', () => {
  expect(renderSummaryScreen(nothingMeasured(aComparison), plain(80))).toEqual([]);
});
