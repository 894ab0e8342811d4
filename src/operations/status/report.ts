import { type Document, equationOf, inGroups, minute, type Row } from '../../report/index.ts';
import type { BreakerSummary } from './breakers.ts';
import type { Failures, Status } from './figures.ts';
import { rowsOf } from './rows.ts';

/** How many kinds of failures are shown. */
const failuresShown = 10;

const explanation =
  'Failed: at least once. Success rate: sent, of all sent and dead-lettered. Average attempts: where a ' +
  "provider was asked. Delivery time: from the request to the provider's yes.";

const ofBreakers = ' Circuit breaker: open after 5 failures since the last yes.';

/** The figures for a person: where every delivery went, a column for each channel, and what failed lately. */
export function statusDocument(status: Status, breakers: readonly BreakerSummary[] = []): Document {
  if (status.requested === 0)
    return [{ kind: 'paragraph', lines: [{ text: 'Nothing has been requested yet.' }] }];
  const { channels, failures } = status;
  return [
    { kind: 'paragraph', lines: [{ text: equationOf(status) }] },
    {
      kind: 'table',
      caption: 'Deliveries by channel',
      heading: ['', 'all', ...channels.map(({ channel }) => channel)],
      rows: [...rowsOf([status, ...channels]), ...breakerRow(channels, breakers)],
    },
    ...dueOf(status),
    ...failuresOf(failures),
    ...deadMessagesOf(status),
    {
      kind: 'paragraph',
      lines: [{ text: explanation + (breakers.length === 0 ? '' : ofBreakers), tone: 'muted' }],
    },
  ];
}

function breakerRow(channels: Status['channels'], breakers: readonly BreakerSummary[]): Row[] {
  if (breakers.length === 0) return [];
  const cells = channels.map(
    ({ channel }) => breakers.find((each) => each.channel === channel)?.state ?? '–',
  );
  const isOpen = breakers.some(({ state }) => state === 'open');
  return [{ label: 'circuit breaker', cells: ['', ...cells], ...(isOpen && { tone: 'bad' }) }];
}

function dueOf({ channels }: Status): Document {
  const line = (label: string, momentOf: (figures: Status['channels'][number]) => number | null) => {
    const moments = channels.flatMap((figures) => {
      const atMs = momentOf(figures);
      return atMs === null ? [] : [`${figures.channel} ${minute(atMs)}`];
    });
    return moments.length === 0 ? [] : [{ text: `${label} (UTC): ${moments.join(', ')}` }];
  };
  const lines = [
    ...line('Next due', ({ nextDueAtMs }) => nextDueAtMs),
    ...line('Pending since', ({ oldestPendingAtMs }) => oldestPendingAtMs),
  ];
  return lines.length === 0 ? [] : [{ kind: 'paragraph', lines }];
}

function deadMessagesOf({ deadMessages }: Status): Document {
  if (deadMessages.length === 0) return [];
  const each = deadMessages.map(({ subscriber, count }) => `${subscriber} ${inGroups(count)}`);
  const text = `Messages given up, by subscriber: ${each.join(', ')}; see npm run dead-letters -- list`;
  return [{ kind: 'paragraph', lines: [{ text, tone: 'bad' }] }];
}

function failuresOf(failures: readonly Failures[]): Document {
  if (failures.length === 0) return [];
  const shown = failures.slice(0, failuresShown);
  const more = failures.length - shown.length;
  return [
    { kind: 'heading', text: 'Failures, the latest first (UTC)' },
    {
      kind: 'columns',
      align: ['right', 'left'],
      indent: 2,
      rows: shown.map((failed) => ({
        cells: [inGroups(failed.count), failed.channel],
        text: describeFailure(failed),
      })),
      ...(more > 0 && { omitted: `… and ${more} more kinds (--json has all)` }),
    },
  ];
}

const endings = {
  sent: 'sent in the end',
  pending: 'to be tried again',
  skipped: 'skipped in the end',
  dead_lettered: 'dead-lettered',
} as const satisfies Record<Failures['status'], string>;

function describeFailure({ status, reason, errorCode, words, lastAtMs }: Failures): string {
  const [cause = 'unknown', detail] = [reason, errorCode].filter((code) => code !== null);
  const what = detail === undefined ? cause : `${cause} (${detail})`;
  const said = words === null ? '' : `: ${words}`;
  return `${minute(lastAtMs)} ${what}, ${endings[status]}${said}`;
}
