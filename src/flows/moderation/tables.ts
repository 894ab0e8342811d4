import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Content } from './contents.ts';
import { machine } from './messages.ts';
import type { Waiting } from './review-queue.ts';

type FlowTable = FlowReport['tables'][number];
type Picture = FlowReport['pictures'][number];

export interface Dated extends Content {
  readonly contentId: string;
}

const longestPicture = 10;

const harmOf = ({ severity, reach }: Waiting): number => Math.round(severity * reach);

export const queueBars = (queue: readonly Waiting[]): Picture => ({
  kind: 'bars',
  caption: titleOf(
    'Waiting for people, by severity × reach',
    Math.min(queue.length, longestPicture),
    queue.length,
  ),
  bars: queue.slice(0, longestPicture).map((waiting) => ({
    name: waiting.contentId,
    value: harmOf(waiting),
    ...(waiting.isOverdue && { tone: 'bad' as const }),
  })),
});

export const queueTable = (shown: readonly Waiting[], all: number): FlowTable => ({
  title: titleOf('Review queue', shown.length, all),
  columns: ['next', 'content', 'author', 'severity', 'reach', 'due'],
  rows: shown.map(({ contentId, authorId, severity, reach, dueMs, isOverdue }, index) => [
    String(index + 1),
    contentId,
    authorId,
    severity.toFixed(2),
    String(reach),
    isOverdue ? 'overdue' : minuteOf(dueMs),
  ]),
});

/** How long each took, and who decided what. */
export const decisionTimeline = (shown: readonly Dated[], all: number, nowMs: number): Picture => ({
  kind: 'timeline',
  caption: titleOf('From submission to decision', shown.length, all),
  lanes: shown.map((content) => ({
    name: `${content.contentId} ${content.authorId}`,
    spans: [
      {
        fromMs: content.submittedAtMs,
        toMs: content.decidedAtMs ?? nowMs,
        words: wordsOf(content),
        tone: content.status === 'published' ? 'good' : content.status === 'in_review' ? 'muted' : 'bad',
      },
    ],
  })),
});

function wordsOf({ status, reason, by, isOverdue, appeal, appealedTo }: Dated): string {
  if (appeal === 'restored') return `decided by ${by}, restored by ${appealedTo}`;
  const who = by === machine || by === null ? '' : ` by ${by}`;
  const after = appeal === 'upheld' ? `, upheld by ${appealedTo}` : appeal === 'open' ? ', appealed' : '';
  return `${status}${who}: ${reason ?? 'nobody has looked'}${after}${isOverdue ? ', overdue' : ''}`;
}

const titleOf = (title: string, shown: number, all: number): string =>
  shown === all ? title : `${title} (${shown} of ${all})`;

const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
