import type {
  AuditLine,
  DeadRequest,
  LoadFigures,
  Report,
  Source,
} from '../../flows/notification-requests/index.ts';
import type { StageStatistics } from '../../pipeline-runtime/index.ts';
import {
  type Document,
  inGroups,
  inWords,
  type Line,
  plural,
  type Terminal,
  toLines,
} from '../../report/index.ts';
import { activityInWords, plain } from './describe-result.ts';

/** So many dead letters and audit records are shown. */
export const longestList = 20;

/** The dead-letter queue, the statistics, and between them, unless only sums are wanted, the audit log. */
export function describeReport(report: Report, terminal: Terminal, isWhole = true): string[] {
  const { deadLetters, deadLetterCount, audit, auditCount } = report;
  const { bold } = terminal.colors;
  return [
    '',
    bold(`Dead-letter queue: ${plural(deadLetterCount, 'message')}`),
    ...latestOf(deadLetters, deadLetterCount, (dead) =>
      toLines([{ kind: 'paragraph', lines: [deadLine(dead)] }], terminal),
    ),
    '',
    ...(isWhole
      ? [
          bold(`Audit log: ${plural(auditCount, 'delivery', 'deliveries')}`),
          ...latestOf(audit, auditCount, (line) => describeAudit(line, terminal)),
          '',
        ]
      : []),
    ...toLines(statisticsOf(report), terminal),
  ];
}

/** A line for each stage: what it did, without what it did not. */
const statisticsOf = ({ statistics: { stages }, activity }: Report): Document => [
  { kind: 'heading', text: 'Statistics' },
  {
    kind: 'columns',
    align: ['left'],
    indent: 2,
    rows: [
      ...stages.map((stage) => ({
        cells: [stage.stage],
        text: activityOf(stage),
        ...(stage.isStopped && { labelTone: 'bad' as const }),
      })),
      { cells: ['in all'], text: activityInWords(activity) },
    ],
  },
];

function activityOf({ received, isStopped, handlingMs, ...stage }: StageStatistics): string {
  const counts = [
    received > 0 ? `${received} received` : 'idle',
    stage.emitted > 0 && `${stage.emitted} emitted`,
    stage.retried > 0 && `${stage.retried} retried`,
    stage.failed > 0 && `${stage.failed} failed`,
    stage.timedOut > 0 && `${stage.timedOut} timed out`,
    stage.deadLettered > 0 && `${stage.deadLettered} dead`,
    isStopped && 'stopped',
  ];
  const did = counts.filter(Boolean).join(', ');
  if (handlingMs === null) return did;
  const [min, mean, max] = [handlingMs.min, handlingMs.mean, handlingMs.max].map(
    (ms) => `${ms.toFixed(2)} ms`,
  );
  return `${did}; min ${min}, mean ${mean}, max ${max}`;
}

/** How it all ended. */
export interface Ending {
  readonly kind: Source['kind'];
  readonly isWell: boolean;
  /** False when it was interrupted. */
  readonly isComplete: boolean;
  readonly wallMs: number;
  /** Of a load. */
  readonly load?: LoadFigures;
}

/** `✓ 3 requests: 2 sent, 1 refused`, and how long it took. */
export function endingDocument(
  { tally, auditCount }: Report,
  { kind, isWell, isComplete, wallMs, load }: Ending,
): Document {
  const counts = Object.entries(tally).filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const parts = counts.map(([status, count]) => `${inGroups(count)} ${status}`).join(', ');
  const what =
    kind === 'samples'
      ? `${plural(total, 'sample')} ${isWell ? 'as expected' : 'not as expected'}`
      : plural(total, 'request');
  const took = `in ${(wallMs / 1000).toFixed(2)} s`;
  const speed = {
    samples: ` ${took}`,
    prompt: '',
    file: ` ${took} (${perSecond(auditCount, wallMs)})`,
    load: ` ${took} (${perSecond(auditCount, wallMs)})`,
  };
  const interrupted = 'interrupted: what was in hand is done, the rest was not sent';
  return [
    {
      kind: 'paragraph',
      lines: [
        ...(isComplete ? [] : [{ text: interrupted, tone: 'warning' } as const]),
        {
          sign: isWell ? { text: '✓', tone: 'good' } : { text: '✗', tone: 'bad' },
          text: `${what}${parts === '' ? '' : `: ${parts}`}${speed[kind]}`,
        },
        ...(load === undefined ? [] : loadLines(load)),
      ],
    },
  ];
}

function loadLines({ perSecond, askedPerSecond, latencyMs }: LoadFigures): Line[] {
  const asked = askedPerSecond === undefined ? '' : ` of ${inGroups(askedPerSecond)} asked for`;
  const rate = { text: `${inGroups(Math.round(perSecond))} requests/s${asked}`, indent: 2 };
  if (latencyMs === null) return [rate];
  const { p50, p95, p99, max } = latencyMs;
  const text = `a request takes p50 ${inWords(p50)}, p95 ${inWords(p95)}, p99 ${inWords(p99)}, at most ${inWords(max)}`;
  return [rate, { text, indent: 2 }];
}

function deadLine({ id, stage, type, userId, code, message }: DeadRequest): Line {
  const text = `${stage ?? 'bus'}: ${type} to ${userId ?? 'somebody'}, ${code}: ${message}; ${id}`;
  return { text: plain(text), indent: 2, hang: 2 };
}

function describeAudit(
  { time, place, userId, channel, outcome, reason }: AuditLine,
  { width }: Terminal,
): string[] {
  const end = outcome === reason ? outcome : `${outcome}: ${reason}`;
  const head = `  ${time.slice(11, 19)}  ${plain(place).padEnd(8)} ${plain(userId).padEnd(9)} ${channel.padEnd(8)}`;
  return head.length + 1 + end.length <= width ? [`${head} ${end}`] : [head.trimEnd(), `            ${end}`];
}

function latestOf<T>(items: readonly T[], count: number, describe: (item: T) => string[]): string[] {
  const latest = items.slice(-longestList);
  const missing = count - latest.length;
  return [...(missing > 0 ? [`  … ${missing} before these`] : []), ...latest.flatMap(describe)];
}

const perSecond = (deliveries: number, wallMs: number): string =>
  `${inGroups(Math.round((deliveries * 1000) / wallMs))} deliveries/s`;
