import type { ScenarioResult } from '../run-scenario.ts';
import { type Terminal, wrap } from './terminal.ts';

/** What all scenarios came to; the counts are the ledger's. */
export function renderSummary(
  results: readonly ScenarioResult[],
  tookMs: number,
  { colors, width }: Terminal,
): string[] {
  const failed = results.filter(({ ok }) => !ok);
  const events = results.flatMap(({ timeline }) => timeline).filter(({ kind }) => kind === 'event').length;
  const statuses = results.flatMap(({ deliveries }) => deliveries).map(({ delivery }) => delivery.status);
  const count = (status: string): number => statuses.filter((each) => each === status).length;
  const verdict =
    failed.length === 0
      ? colors.green(`✓ ${results.length} of ${plural(results.length, 'scenario')} as expected`)
      : colors.red(`✗ not as expected: ${failed.map(({ scenario }) => scenario).join(', ')}`);
  const flowed = `${plural(events, 'event')}, ${plural(statuses.length, 'delivery', 'deliveries')}`;
  const ends = `${count('sent')} sent + ${count('skipped')} skipped + ${count('dead_lettered')} dead-lettered`;
  const equation = `${flowed} = ${ends} + ${count('pending')} pending`;
  return [
    `${verdict} in ${(tookMs / 1000).toFixed(2)} s`,
    ...wrap(equation, width - 2).map((line) => `  ${line}`),
  ];
}

/** Where to go from here. */
export function renderHints({ colors }: Terminal): string[] {
  return [colors.dim('  Why? npm run explain -- ord-1004    More: npm run demo -- --list')];
}

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
