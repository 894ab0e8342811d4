import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { DeliveryStatistics } from '../../../src/datastore/index.ts';
import { renderSummary } from '../../../src/demo/view/summary.ts';
import { statusOf } from '../../../src/operations/status/figures.ts';
import { aBusyDay, anEmptyDay } from './a-busy-day.ts';

/** What stands under the equation. */
function figuresShown(statistics: DeliveryStatistics, width = 80): string[] {
  const played = { results: [], figures: statusOf(statistics), tookMs: 10 };
  const lines = renderSummary(played, { width, colors: pc.createColors(false) });
  return lines.slice(lines.findIndex((line) => line.endsWith('pending')) + 1);
}

test('two lines say how well it went, and how long it took', () => {
  expect(figuresShown(aBusyDay)).toEqual([
    '  success rate 99.9 %, average attempts 1',
    '  delivery time p50 12 ms, p95 1.2 s, p99 1.1 min, in virtual time',
  ]);
});

test('on a narrow terminal they are broken between words', () => {
  expect(figuresShown(aBusyDay, 50)).toEqual([
    '  success rate 99.9 %, average attempts 1',
    '  delivery time p50 12 ms, p95 1.2 s, p99 1.1 min,',
    '  in virtual time',
  ]);
});

test('where everything was skipped there is nothing to say', () => {
  const groups = aBusyDay.groups.filter(({ status }) => status === 'skipped');

  expect(figuresShown({ ...anEmptyDay, groups })).toEqual([]);
});

test('where nothing was sent there is no delivery time', () => {
  const groups = aBusyDay.groups.filter(({ status }) => status === 'dead_lettered');

  expect(figuresShown({ ...anEmptyDay, groups })).toEqual(['  success rate 0 %, average attempts 3']);
});
