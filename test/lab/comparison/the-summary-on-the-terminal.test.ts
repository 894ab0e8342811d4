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
                                           slow-       provider-  duplicate-
                       crash               provider    down       event
event-sourced
  in-memory bus        lost 145 (103–200)  ✓           12 late    ✓
                       repeated 20 (8–50)
  durable bus          repeated 20 (8–50)  3 late      12 late    ✓
api-driven
  call after commit    lost 130 (90–184)   waits 30 s  12 late    –
                       repeated 20 (8–50)
  call in transaction  repeated 20 (8–50)  3 late      12 late    –
pipeline
  in-memory bus        lost 120 (82–172)   ✓           12 late    ✓
                       repeated 20 (8–50)
  durable bus          repeated 20 (8–50)  3 late      12 late    ✓
command-driven
  in-memory bus        lost 150 (107–206)  ✓           12 late    ✓
                       repeated 20 (8–50)
  durable bus          repeated 20 (8–50)  3 late      12 late    ✓`);
});

test('the answer comes first: a sentence an architecture, and what to choose for which reason', () => {
  expect(lines[0]).toBe('The answer');
  expect(sectionOf('Choose')).toContain('my callers need the outcome: api-driven');
  expect(lines.indexOf('Summary')).toBeLessThan(lines.indexOf('Faults, in virtual time'));
});

test('each fault is explained, with how much was tried', () => {
  expect(lines).toContain('  duplicate-event: each event is published twice; 1 run, 12 deliveries');
  expect(lines.join('\n')).toContain(
    'crash: the process is killed at random times; 200 kills, 400 deliveries',
  );
});

test('when a kill does harm is said in words, with how long that lasts', () => {
  expect(sectionOf('When a kill')).toContain(`
  lost, call after commit: from the commit of the change until the ledger
    holds its notification, api-driven about 6.5 ms`);
});

test('times and throughput are medians to two digits, with their spread', () => {
  expect(sectionOf('Times')).toBe(`Times and throughput
                              hand-over   hand-over
                       hops         p50         p99      caller p50
event-sourced
  in-memory bus           9  51 (50–53)  59 (57–71)  0.41 (0.4–0.6)
  durable bus             9  52 (51–54)  62 (60–72)  0.51 (0.4–0.6)
api-driven
  call after commit       6  53 (52–55)  65 (63–73)   100 (100–110)
  call in transaction     6  54 (53–56)  68 (66–74)  0.6 (0.4–0.71)
pipeline
  in-memory bus           4  55 (54–57)  71 (69–75)  0.6 (0.4–0.81)
  durable bus             4  56 (55–58)  74 (72–76)  0.6 (0.4–0.91)
command-driven
  in-memory bus          10  57 (56–59)  77 (75–77)     0.6 (0.4–1)
  durable bus            10  58 (57–60)  78 (78–80)   0.6 (0.4–1.1)`);
});

test('who was not slower in every round is not ranked behind', () => {
  expect(sectionOf('  best hand-over p50')).toContain(`
  best caller p50: event-sourced (in-memory bus) = event-sourced (durable bus)
    = api-driven (call in transaction)`);
  expect(sectionOf('  best hand-over p50')).toContain('bus); then api-driven (call after commit)');
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
    '  call after commit    lost 130 (90–184)',
    '  call in transaction  repeated 20 (8–50)',
    '  call after commit    waits 30 s  12 late',
    '  call in transaction  3 late      12 late',
    '  call after commit    –           ✓      ✓',
    '  call in transaction  –           ✓      ✓',
    '  call after commit       6  53 (52–55)',
    '  call in transaction     6  54 (53–56)',
    '  call after commit    65 (63–73)   100 (100–110)',
    '  call in transaction  68 (66–74)  0.6 (0.4–0.71)',
    '  call after commit    130 (120–140)',
    '  call in transaction    5.3 (2.1–9)',
    '  call after commit    32,000 (31,000–33,000)',
    '  call in transaction  29,000 (27,000–29,000)',
    '  caller-does-not-learn: The caller of a command',
    '  caller-waits: The caller waits for the slowest',
  ]);
});

test('what was not measured is left out', () => {
  expect(renderSummaryScreen(nothingMeasured(aComparison), plain(80))).toEqual([]);
});
