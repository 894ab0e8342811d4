import type { Message } from '../../events/index.ts';
import { isStuck, type SagaState } from '../../pipeline-runtime/index.ts';
import { cut, type Document, exactMoment, type Timeline } from '../../report/index.ts';

/** No list on a screen is longer. */
const longestList = 20;
const longestData = 400;

export type OpenSaga = SagaState & { readonly isStuck: boolean };

/** How many there are, and which of them have not ended, in their order. */
export function openSagasDocument(
  counts: Readonly<Record<string, number>>,
  open: readonly OpenSaga[],
): Document {
  const stuck = open.filter((saga) => saga.isStuck).length;
  const tally = Object.entries(counts).map(([status, count]) => `${count} ${status}`);
  return [
    {
      kind: 'paragraph',
      lines: [
        { text: tally.length === 0 ? 'no saga has begun' : `sagas: ${tally.join(', ')}` },
        stuck === 0
          ? { sign: { text: '✓', tone: 'good' }, text: 'none needs a person' }
          : { sign: { text: '✗', tone: 'bad' }, text: `need a person: ${stuck}` },
      ],
    },
    ...(open.length === 0
      ? []
      : ([
          {
            kind: 'table',
            caption: 'Sagas that have not ended',
            of: 'words',
            heading: ['saga', 'status', 'step', 'since', 'waits until', ''],
            rows: open.slice(0, longestList).map((saga) => ({
              label: saga.id,
              cells: [
                saga.status,
                saga.step ?? '',
                exactMoment(saga.startedAtMs),
                saga.deadlineMs === null ? '' : exactMoment(saga.deadlineMs),
                saga.isStuck ? 'stuck' : '',
              ],
            })),
          },
        ] as const)),
    ...omitted(open.length),
  ];
}

/** Where a saga is, step by step. */
export function sagaDocument(saga: SagaState, nowMs: number): Document {
  const { id, status, step, attempt, tries, isAsking, reason, deadlineMs, startedAtMs } = saga;
  const isBad = isStuck(saga, nowMs);
  const under = step === null ? [] : [[step, wordsOf({ status, isAsking, attempt, tries })] as const];
  const steps = [
    ...saga.done.map(
      (name) => [name, saga.compensated.includes(name) ? 'done, and undone' : 'done'] as const,
    ),
    ...saga.compensated.filter((name) => !saga.done.includes(name)).map((name) => [name, 'undone'] as const),
  ].filter(([name]) => name !== step);
  return [
    { kind: 'heading', level: 3, text: `${id}: ${status}${reason === null ? '' : `, ${reason}`}` },
    {
      kind: 'table',
      caption: `Steps of ${id}`,
      of: 'words',
      heading: ['step', ''],
      rows: [...steps, ...under].map(([label, words]) => ({ label, cells: [words] })),
    },
    {
      kind: 'paragraph',
      lines: [
        { text: `begun ${exactMoment(startedAtMs)}` },
        ...(deadlineMs === null ? [] : [{ text: `waits until ${exactMoment(deadlineMs)}` }]),
        ...(isBad ? [{ sign: { text: '✗', tone: 'bad' as const }, text: 'it needs a person' }] : []),
        { text: `knows ${cut(JSON.stringify(saga.data), longestData)}`, tone: 'muted' },
      ],
    },
  ];
}

function wordsOf({
  status,
  isAsking,
  attempt,
  tries,
}: Pick<SagaState, 'status' | 'isAsking' | 'attempt' | 'tries'>): string {
  if (status === 'stuck') return `could not be undone, asked ${tries} times`;
  if (status === 'compensating') return `is being undone, asked ${tries} times`;
  return isAsking ? `its outcome is unknown, asked ${tries} times` : `under way, attempt ${attempt}`;
}

/** What is kept of one subject, as it is. */
export const keptDocument = (kept: readonly (readonly [string, unknown])[]): Document =>
  kept.length === 0
    ? []
    : [
        { kind: 'heading', level: 3, text: 'What stages keep' },
        {
          kind: 'columns',
          align: ['left'],
          rows: kept.map(([stage, value]) => ({
            cells: [stage],
            text: cut(JSON.stringify(value), longestData),
          })),
        },
      ];

/** The newest, each by its time. */
export function historyDocument(id: string, history: readonly Message[]): Document {
  if (history.length === 0) return [];
  return [
    { kind: 'heading', level: 3, text: `What was said about ${id}` },
    historyTimeline(id, history),
    {
      kind: 'columns',
      align: ['left', 'left'],
      rows: history.slice(-2 * longestList).map((message) => ({
        cells: [exactMoment(Date.parse(message.time)), message.type],
        text: cut(dataInWords(message), longestData),
      })),
    },
    ...omitted(history.length, 2 * longestList),
  ];
}

/** What was said when, by its type. */
const historyTimeline = (id: string, history: readonly Message[]): Timeline => ({
  kind: 'timeline',
  caption: `What was said about ${id}, by the time`,
  lanes: [...new Set(history.map(({ type }) => type))].slice(0, longestList).map((type) => ({
    name: type,
    spans: [],
    moments: history
      .filter((message) => message.type === type)
      .map(({ time }) => ({ atMs: Date.parse(time), words: '' })),
  })),
});

/** Without what every message says. */
export function dataInWords({ data, subject }: Message): string {
  return Object.entries(data as object)
    .filter(([name, value]) => name !== 'hops' && value !== subject)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}

const omitted = (count: number, shown = longestList): Document =>
  count <= shown
    ? []
    : [{ kind: 'paragraph', lines: [{ text: `… and ${count - shown} more`, tone: 'muted' }] }];
