import type { ScenarioResult } from '../run-scenario.ts';
import type { Terminal } from './terminal.ts';

/** What all scenarios came to, in two lines; the counts are the ledger's. */
export function renderSummary(
  results: readonly ScenarioResult[],
  tookMs: number,
  { colors }: Terminal,
): string[] {
  const failed = results.filter(({ ok }) => !ok);
  const events = results.flatMap(({ timeline }) => timeline).filter(({ kind }) => kind === 'event').length;
  const statuses = results.flatMap(({ deliveries }) => deliveries).map(({ delivery }) => delivery.status);
  const count = (status: string): number => statuses.filter((each) => each === status).length;
  const verdict =
    failed.length === 0
      ? colors.green(`✓ ${results.length} of ${results.length} scenarios as expected`)
      : colors.red(`✗ not as expected: ${failed.map(({ scenario }) => scenario).join(', ')}`);
  const ends = `${count('sent')} sent + ${count('skipped')} skipped + ${count('dead_lettered')} dead-lettered + ${count('pending')} pending`;
  return [
    `${verdict} in ${(tookMs / 1000).toFixed(2)} s`,
    `  ${events} events, ${statuses.length} deliveries requested = ${ends}`,
  ];
}

/** Where to go from here. */
export function renderHints({ colors }: Terminal): string[] {
  return [
    colors.dim('  Why, or why not: npm run explain -- ord-1004     More scenarios: npm run demo -- --list'),
  ];
}
