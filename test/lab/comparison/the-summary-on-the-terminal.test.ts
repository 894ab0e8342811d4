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

test('the matrix of faults has a row for each bus of an architecture, and names every effect', () => {
  expect(sectionOf('Faults')).toBe(`Faults, in virtual time
                                                    out-
                 provider-  slow-       duplicate-  of-    poison-
                 down       provider    event       order  event    crash
event-sourced
  in-memory bus  12 late    ✓           ✓           ✓      ✓        33 lost
                                                                    4 doubled
  durable bus    12 late    3 late      ✓           ✓      ✓        4 doubled
api-driven       12 late    waits 30 s  –           ✓      ✓        30 lost
                                                                    4 doubled
pipeline
  in-memory bus  12 late    ✓           ✓           ✓      ✓        28 lost
                                                                    4 doubled
  durable bus    12 late    3 late      ✓           ✓      ✓        4 doubled
command-driven
  in-memory bus  12 late    ✓           ✓           ✓      ✓        34 lost
                                                                    4 doubled
  durable bus    12 late    3 late      ✓           ✓      ✓        4 doubled`);
});

test('each fault is explained, with how much was tried', () => {
  expect(lines).toContain('  duplicate-event: each event is published twice; 1 run, 12 deliveries');
  expect(lines.join('\n')).toContain('at every operation; 126 to 132 runs, 252 to 264\n    deliveries');
});

test('times, throughput and memory are given to three digits', () => {
  expect(sectionOf('Times')).toBe(`Times, throughput and memory
                       hand-over  hand-over  caller  caller  deliveries  peak
                 hops        p50        p99     p50     p99       per s    MB
event-sourced
  in-memory bus     9       51.2       58.9   0.413    2.31      38,200   327
  durable bus       9       52.2       61.9   0.513    3.31      34,900   338
api-driven          6       53.2       64.9     104     132      31,700   349
pipeline
  in-memory bus     4       54.2       67.9   0.713    5.31      28,500   360
  durable bus       4       55.2       70.9   0.813    6.31      25,300   371
command-driven
  in-memory bus    10       56.2       73.9   0.913    7.31      22,100   382
  durable bus      10       57.2       76.9    1.01    8.31      18,900   393`);
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

  expect(narrow.filter((line) => line.startsWith('api-driven  '))).toEqual([
    'api-driven       12 late    waits 30 s  –',
    'api-driven       ✓      ✓        30 lost',
    'api-driven          6       53.2       64.9',
    'api-driven          104     132      31,700   349',
  ]);
});

test('what was not measured is left out', () => {
  expect(renderSummaryScreen(nothingMeasured(aComparison), plain(80))).toEqual([]);
});
