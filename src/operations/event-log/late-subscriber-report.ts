import { type Document, type Line, plural } from '../../report/index.ts';
import type { HandOver } from './late-subscriber.ts';

export interface HandOverShown extends HandOver {
  /** Whether nothing has really happened. */
  readonly isDry: boolean;
  /** At most so many deliveries by their ids. */
  readonly limit: number;
}

const signs = {
  sent: { text: '✓', tone: 'good' },
  skipped: { text: '–', tone: 'warning' },
  dead_lettered: { text: '✗', tone: 'bad' },
  pending: { text: '◷', tone: 'warning' },
} as const;

export function handOverDocument(result: HandOverShown): Document {
  const { isDry, subscriber, from, messages, known, deliveries, limit } = result;
  const emitted = Object.entries(result.emitted).map(([type, times]) => `${times} ${type}`);
  const handed = `${plural(messages, 'message')} from position ${from} on ${isDry ? 'would be' : 'were'} handed to ${subscriber}`;
  const left = deliveries.length - limit;
  const lines: Line[] = [
    { text: isDry ? `Dry run, nothing was sent: ${handed}` : handed, tone: 'strong' },
    {
      text: `${plural(deliveries.length, 'delivery', 'deliveries')}${isDry ? ' would follow' : ''}`,
      indent: 2,
    },
    ...deliveries
      .slice(0, limit)
      .map(({ id, status, reason }) => ({ sign: signs[status], text: `${id} ${reason}`, indent: 4 })),
    ...(left > 0 ? [{ text: `… and ${left} more (--limit)`, indent: 4 }] : []),
    ...(known > 0 ? [{ text: `${known} told before, and not again`, indent: 2 }] : []),
    ...(emitted.length > 0 ? [{ text: `into the log: ${emitted.join(', ')}`, indent: 2 }] : []),
    ...(result.retries > 0
      ? [
          {
            sign: signs.pending,
            text: `${plural(result.retries, 'message')} cannot be handled yet, and ${isDry ? 'would be' : 'is'} tried again`,
            indent: 2,
          },
        ]
      : []),
    ...result.dead.map(({ messageId, reason }) => ({
      sign: signs.dead_lettered,
      text: `${messageId} cannot be handled: ${reason}`,
      indent: 2,
    })),
    ...(isDry ? [{ text: 'With --send it is done.', indent: 2 }] : []),
  ];
  return [{ kind: 'paragraph', lines }];
}
