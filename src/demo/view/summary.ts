import type { DeliveryTimes } from '../../datastore/index.ts';
import type { ScenarioResult } from '../../lab/scenarios/index.ts';
import type { Figures } from '../../operations/status/index.ts';
import { inPercent, inWords, onAverage, plural, type Terminal, wrap } from '../../report/index.ts';

export interface Played {
  readonly results: readonly ScenarioResult[];
  /** Of all their deliveries. */
  readonly figures: Figures;
  /** By the clock on the wall. */
  readonly tookMs: number;
}

/** What all scenarios came to; the counts are the ledger's. */
export function renderSummary({ results, figures, tookMs }: Played, { colors, width }: Terminal): string[] {
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
    ...[equation, ...renderFigures(figures)].flatMap((text) =>
      wrap(text, width - 2).map((line) => `  ${line}`),
    ),
  ];
}

/** No line for a figure that there is not: of what was skipped only, there is no success rate. */
function renderFigures({ successRate, averageAttempts, deliveryTime }: Figures): string[] {
  const attempts = averageAttempts === null ? '' : `, average attempts ${onAverage(averageAttempts)}`;
  return [
    ...(successRate === null ? [] : [`success rate ${inPercent(successRate)}${attempts}`]),
    ...(deliveryTime === null ? [] : [`delivery time ${renderTime(deliveryTime)}, in virtual time`]),
  ];
}

const renderTime = ({ p50Ms, p95Ms, p99Ms }: DeliveryTimes): string =>
  `p50 ${inWords(p50Ms)}, p95 ${inWords(p95Ms)}, p99 ${inWords(p99Ms)}`;

/** Where to go from here: what is worth asking about is a delivery that was not sent, where there is one. */
export function renderHints(
  { results }: Pick<Played, 'results'>,
  { colors }: Terminal,
  data: string | undefined,
): string[] {
  const deliveries = results.flatMap((result) => result.deliveries);
  const asked = deliveries.find(({ delivery }) => delivery.status !== 'sent') ?? deliveries[0];
  const where = data === undefined ? '' : ` --data ${data}`;
  const why = asked && `Why? npm run explain -- ${asked.notification.subject}${where}    `;
  return [colors.dim(`  ${why ?? ''}More: npm run demo -- --list`)];
}
