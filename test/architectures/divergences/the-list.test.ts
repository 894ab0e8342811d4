import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Divergence } from '../../../src/architecture/index.ts';
import type { Comparison } from '../../../src/lab/comparison/comparison.ts';
import { sampleSizes } from '../../../src/lab/comparison/measure/compare.ts';
import {
  declaredDivergences,
  undeclaredDifferences,
  unseenDivergences,
} from '../../../src/lab/comparison/measure/divergences.ts';
import { measureFaults } from '../../../src/lab/comparison/measure/faults.ts';
import { measurePaths } from '../../../src/lab/comparison/measure/paths.ts';
import { variants } from '../../../src/lab/comparison/measure/variants.ts';
import { scenarios } from '../../../src/lab/scenarios/index.ts';
import { architectureNames } from '../../../src/shop/world.ts';

describe('what is declared', () => {
  test.each(declaredDivergences())(
    '$architecture, $id, is shown by a test of its name',
    ({ id, shownBy }) => {
      expect(existsSync(shownBy)).toBe(true);
      expect(readFileSync(shownBy, 'utf8')).toContain(`test('${id}: `);
    },
  );

  test('has one id for each divergence of an architecture', () => {
    const ids = declaredDivergences().map(({ architecture, id }) => `${architecture} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

async function measure(): Promise<Pick<Comparison, 'faults' | 'scenarios'>> {
  const faults = [];
  for (const variant of variants) faults.push(await measureFaults(variant, sampleSizes.few));
  const compared = [];
  for (const scenario of scenarios) compared.push(await measurePaths(scenario, architectureNames));
  return { faults: faults.flat(), scenarios: compared };
}

const lossOnCrash = { effect: 'lost', fault: 'crash' } as const;
const divergence = (differences: Partial<Divergence>): Divergence => ({
  id: 'some-divergence',
  words: '',
  shownBy: '',
  ...differences,
});

/** Every fault on every architecture and bus: it takes a while. */
test('what is declared is what is measured, no less and no more', { timeout: 180_000 }, async () => {
  const measured = await measure();

  expect(undeclaredDifferences(measured)).toEqual([]);
  expect(unseenDivergences(measured)).toEqual([]);

  const withoutAny = undeclaredDifferences(measured, {});
  expect(withoutAny).toContain('event-sourced (in-memory bus): lost by crash');
  expect(withoutAny).toContain('api-driven (call after commit): blocked by slow-provider');
  expect(withoutAny).toContain('api-driven: pricing reaches carts');
  expect(withoutAny).not.toContain('event-sourced (durable bus): late by provider-down');

  const tooMuch = {
    'event-sourced': [divergence({ effects: [lossOnCrash] })],
    pipeline: [divergence({ reaches: [{ service: 'pricing', what: ['carts'] }] })],
  };
  expect(unseenDivergences(measured, tooMuch)).toEqual([
    'event-sourced (durable bus): lost by crash',
    'pipeline: pricing reaches carts',
  ]);
});
