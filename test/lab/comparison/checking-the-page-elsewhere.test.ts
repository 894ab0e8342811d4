import { expect, test } from 'vitest';
import type { Comparison } from '../../../src/lab/comparison/comparison.ts';
import { comparisonMarkdown, maskTimings, summaryMarkdown } from '../../../src/lab/comparison/markdown.ts';
import { aComparison } from './a-comparison.ts';
import { nothingMeasured, onASlowMachine } from './shown.ts';

const masked = (comparison: Comparison): string => maskTimings(comparisonMarkdown(comparison));

test('the page of another machine is the same once its times are masked', () => {
  const slow = onASlowMachine(aComparison);

  expect(comparisonMarkdown(slow)).not.toBe(comparisonMarkdown(aComparison));
  expect(masked(slow)).toBe(masked(aComparison));
});

test.each<[string, (comparison: Comparison) => Comparison]>([
  [
    'a delivery more is lost',
    (it) => ({ ...it, faults: it.faults.map((one) => ({ ...one, lost: one.lost + 1 })) }),
  ],
  [
    'there is a line of code more',
    (it) => ({
      ...it,
      coupling: it.coupling.map((one) => ({ ...one, linesOfCode: one.linesOfCode + 1 })),
    }),
  ],
  [
    'a module more imports it',
    (it) => ({ ...it, coupling: it.coupling.map((one) => ({ ...one, fanIn: one.fanIn + 1 })) }),
  ],
  [
    'a store more is asked',
    (it) => ({
      ...it,
      explanations: it.explanations.map((one) => ({ ...one, askedStores: [...one.askedStores, 'outbox'] })),
    }),
  ],
  [
    'the way has a hop more',
    (it) => ({
      ...it,
      hops: it.hops.map((one) => ({ ...one, hops: one.hops + 1 })),
    }),
  ],
  ['a bus is not measured', (it) => ({ ...it, behaviour: it.behaviour.slice(1) })],
  [
    'the deliveries differ',
    (it) => ({
      ...it,
      scenarios: it.scenarios.map((one) => ({ ...one, deliveries: one.deliveries + 1, differences: [] })),
    }),
  ],
])('masking does not hide that %s', (_, change) => {
  expect(masked(change(aComparison))).not.toBe(masked(aComparison));
});

test('a page without times is left as it is', () => {
  const page = comparisonMarkdown({ ...nothingMeasured(aComparison), faults: aComparison.faults });

  expect(maskTimings(page)).toBe(page);
});

test('the table for the README has a question a line, at most 14, and an answer for each architecture', () => {
  expect(summaryMarkdown(aComparison)).toBe(`|  | event-sourced | api-driven | pipeline | command-driven |
| --- | --- | --- | --- | --- |
| Lost in so many of 1,000 kills (95 %) | 145 (103–200) / 0 (0–19) | 130 (90–184) / 0 (0–19) | 120 (82–172) / 0 (0–19) | 150 (107–206) / 0 (0–19) |
| Repeated under the same key in so many (95 %) | 20 (8–50) | 20 (8–50) | 20 (8–50) | 20 (8–50) |
| A fault keeps a caller waiting for | 0 ms | 30 s / 0 ms | 0 ms | 0 ms |
| The caller learns what became of it | no | in the answer / when it asks | no | no |
| Past events that a late subscriber is given | 6 of 6 | 0 of 6 | 6 of 6 | 6 of 6 |
| Told after all once a bug is mended, by replay | 4 of 4 | 0 of 4 | 4 of 4 | 4 of 4 |
| Services that know of notifications | 0 of 4 | 4 of 4 | 0 of 4 | 0 of 4 |
| Tables used by pricing | 2 | 5 | 2 | 2 |
| Files that know whom to tell when | 1 | 4 | 1 | 1 |
| Files to touch for a new event, type, channel, subscriber | 3, 4, 2, 1 | 3, 5, 2, 4 | 3, 4, 2, 1 | 3, 4, 2, 1 |
| Lines of code of its own | 311 | 398 | 1,345 | 311 |
| Hops from the command to the provider | 9 | 6 | 4 | 10 |
`);
});

test('the table for the README is the same on every machine', () => {
  expect(summaryMarkdown(onASlowMachine(aComparison))).toBe(summaryMarkdown(aComparison));
});
