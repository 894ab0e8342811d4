import { drawTable, inGroups, type Terminal, wrap } from '../../report/index.ts';
import type { Failures, Figures, Status } from './figures.ts';
import { rowsOf } from './rows.ts';

/** How many kinds of failures are shown. */
const failuresShown = 10;

const explanation =
  'Failed: at least once. Success rate: sent, of all sent and dead-lettered. Average attempts: where a ' +
  "provider was asked. Delivery time: from the request to the provider's yes.";

/** The figures for a person: where every delivery went, a column for each channel, and what failed lately. */
export function describeStatus(status: Status, terminal: Terminal): string[] {
  if (status.requested === 0) return ['Nothing has been requested yet.'];
  const { colors, width } = terminal;
  const { channels, failures } = status;
  const heading = {
    label: '',
    cells: ['all', ...channels.map(({ channel }) => channel)],
    style: colors.bold,
  };
  return [
    ...wrap(equationOf(status), width),
    '',
    ...drawTable(heading, rowsOf([status, ...channels], colors), width),
    ...describeDue(status, width),
    ...describeFailures(failures, terminal),
    '',
    ...wrap(explanation, width).map(colors.dim),
  ];
}

function equationOf({ requested, sent, skipped, deadLettered, pending }: Figures): string {
  const ends = `${inGroups(sent)} sent + ${inGroups(skipped)} skipped + ${inGroups(deadLettered)} dead-lettered`;
  return `${inGroups(requested)} deliveries requested = ${ends} + ${inGroups(pending)} pending`;
}

function describeDue({ channels }: Status, width: number): string[] {
  const dues = channels.flatMap(({ channel, nextDueAtMs }) =>
    nextDueAtMs === null ? [] : [`${channel} ${moment(nextDueAtMs)}`],
  );
  return dues.length === 0 ? [] : ['', ...wrap(`Next due (UTC): ${dues.join(', ')}`, width)];
}

function describeFailures(failures: readonly Failures[], { colors, width }: Terminal): string[] {
  if (failures.length === 0) return [];
  const shown = failures.slice(0, failuresShown);
  const countWidth = Math.max(...shown.map(({ count }) => inGroups(count).length));
  const channelWidth = Math.max(...shown.map(({ channel }) => channel.length));
  const indent = countWidth + channelWidth + 6;
  const lines = shown.flatMap((failed) => {
    const head = `  ${inGroups(failed.count).padStart(countWidth)}  ${failed.channel.padEnd(channelWidth)}  `;
    const [first = '', ...rest] = wrap(describeFailure(failed), Math.max(1, width - indent));
    return [head + first, ...rest.map((line) => ' '.repeat(indent) + line)];
  });
  const more = failures.length - shown.length;
  return [
    '',
    colors.bold('Failures, the latest first (UTC)'),
    ...lines,
    ...(more === 0 ? [] : [`  … and ${more} more kinds (--json has all)`]),
  ];
}

const endings = {
  sent: 'sent in the end',
  pending: 'to be tried again',
  skipped: 'skipped in the end',
  dead_lettered: 'dead-lettered',
} as const satisfies Record<Failures['status'], string>;

function describeFailure({ status, reason, errorCode, lastAtMs }: Failures): string {
  const [cause = 'unknown', detail] = [reason, errorCode].filter((code) => code !== null);
  const what = detail === undefined ? cause : `${cause} (${detail})`;
  return `${moment(lastAtMs)} ${what}, ${endings[status]}`;
}

/** `2026-03-02 10:00` */
const moment = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace('T', ' ');
