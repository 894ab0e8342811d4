import { afterEach, expect, it, vi } from 'vitest';
import { demoCommand } from '../../../src/demo/commands/demo.ts';

vi.mock(import('../../../src/lab/scenarios/catalogue.ts'), async (importOriginal) => {
  const original = await importOriginal();
  const [orderShipped, ...others] = original.mainScenarios;
  // One that promises what no longer happens.
  const broken = { ...orderShipped, expected: ['ada order-shipped email: opted_out'] } as typeof orderShipped;
  return { ...original, chooseScenarios: () => [broken, ...others] as typeof original.mainScenarios };
});

afterEach(() => void vi.restoreAllMocks());

it('exits 1, and names the scenario and the difference, when one no longer does what it says', async () => {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const codes: number[] = [];

  await demoCommand((code) => codes.push(code)).parseAsync([], { from: 'user' });

  expect(codes).toEqual([1]);
  expect(printed.join('')).toContain('- ada order-shipped email: opted_out');
  expect(printed.join('')).toContain('✗ not as expected: order-shipped');
});
