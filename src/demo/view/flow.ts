import type { Flow, FlowReport } from '../../pipeline-runtime/index.ts';
import { type Document, inGroups, type Picture, toPage } from '../../report/index.ts';

/** Each under its caption. */
export const picturesDocument = (pictures: readonly Picture[]): Document =>
  pictures.flatMap((picture): Document => [{ kind: 'heading', level: 3, text: picture.caption }, picture]);

/** What became of a flow: its pictures and tables, and what has to hold. */
export function reportDocument({ pictures, tables, checks }: Omit<FlowReport, 'statistics'>): Document {
  return [
    ...picturesDocument(pictures),
    ...tables.flatMap(
      ({ title, columns, rows }): Document => [
        { kind: 'heading', level: 3, text: title },
        {
          kind: 'table',
          caption: title,
          of: 'words',
          heading: columns,
          rows: rows.map(([label = '', ...cells]) => ({ label, cells })),
        },
      ],
    ),
    {
      kind: 'paragraph',
      lines: checks.map(({ words, holds }) => ({
        sign: holds ? { text: '✓', tone: 'good' } : { text: '✗', tone: 'bad' },
        text: words,
        ...(holds ? {} : { tone: 'bad' }),
      })),
    },
  ];
}

/** How much came, and how fast it went. */
export function speedDocument({ count, statistics }: FlowReport, tookMs: number): Document {
  const messages = statistics.stages.reduce((sum, { received }) => sum + received, 0);
  const perSecond = inGroups(Math.round((count * 1000) / tookMs));
  const text =
    `${inGroups(count)} from outside, ${inGroups(messages)} messages handled in ${(tookMs / 1000).toFixed(2)} s ` +
    `(${perSecond} a second)`;
  return [{ kind: 'paragraph', lines: [{ text, tone: 'muted' }] }];
}

/** What the stages did, for a page. */
export const stagesDocument = ({ statistics }: FlowReport): Document => [
  {
    kind: 'table',
    caption: 'What each stage did',
    heading: ['stage', 'received', 'emitted', 'failed', 'retried', 'dead letters', 'p50', 'p99'],
    rows: statistics.stages.map(
      ({ stage, received, emitted, failed, retried, deadLettered, handlingMs }) => ({
        label: stage,
        cells: [
          ...[received, emitted, failed, retried, deadLettered].map(inGroups),
          ...(handlingMs === null ? ['', ''] : [`${handlingMs.p50} ms`, `${handlingMs.p99} ms`]),
        ],
      }),
    ),
  },
];

/** One page that needs nothing beside it. */
export const flowPage = (flow: Flow, sections: readonly (readonly [name: string, Document])[]): string =>
  toPage(
    sections.flatMap(
      ([name, document]): Document => [
        { kind: 'heading', text: name, id: name.toLowerCase().replaceAll(' ', '-') },
        ...document,
      ],
    ),
    {
      title: `The flow ${flow.name}`,
      kicker: 'A flow on the runtime of pipelines',
      headline: flow.name,
      lead: `${flow.does[0]?.toUpperCase()}${flow.does.slice(1)}.`,
      footer: `Made by npm run flow -- ${flow.name} --html. Time in it is virtual, how long it took is not.`,
    },
  );
