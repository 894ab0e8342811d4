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
  /** What was made to fail, in a word; undefined: nothing beyond what the scenarios tell. */
  readonly drill?: string;
}

/** What all scenarios came to; the counts are the ledger's. */
export function renderSummary(played: Played, { colors, width }: Terminal): string[] {
  const { results, figures, tookMs } = played;
  const events = results.flatMap(({ timeline }) => timeline).filter(({ kind }) => kind === 'event').length;
  const statuses = results.flatMap(({ deliveries }) => deliveries).map(({ delivery }) => delivery.status);
  const count = (status: string): number => statuses.filter((each) => each === status).length;
  const flowed = `${plural(events, 'event')}, ${plural(statuses.length, 'delivery', 'deliveries')}`;
  const ends = `${count('sent')} sent + ${count('skipped')} skipped + ${count('dead_lettered')} dead-lettered`;
  const equation = `${flowed} = ${ends} + ${count('pending')} pending`;
  return [
    `${verdictOn(played, colors)} in ${(tookMs / 1000).toFixed(2)} s`,
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

function verdictOn({ results, drill }: Played, colors: Terminal['colors']): string {
  const failed = results.filter(({ ok }) => !ok);
  const undone = results.flatMap(({ timeline }) =>
    timeline.filter((entry) => entry.kind === 'step' && entry.undone),
  );
  const scenarios = plural(results.length, 'scenario');
  if (drill !== undefined) {
    const otherwise =
      failed.length === 0
        ? 'ended as without'
        : `ended otherwise: ${failed.map(({ scenario }) => scenario).join(', ')}`;
    return colors.yellow(`◷ ${scenarios} with ${drill}, ${otherwise},`);
  }
  return failed.length === 0
    ? colors.green(`✓ ${results.length} of ${scenarios} as expected${remarkOn(undone.length)}`)
    : colors.red(`✗ not as expected: ${failed.map(({ scenario }) => scenario).join(', ')}`);
}

const remarkOn = (undone: number): string =>
  undone === 0 ? '' : `, without ${plural(undone, 'step')} that cannot be done here,`;
