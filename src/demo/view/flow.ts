import type { FlowReport } from '../../pipeline-runtime/index.ts';
import { type Document, inGroups } from '../../report/index.ts';

/** What became of a flow: its tables, what has to hold, and how fast it went. */
export function flowDocument(
  { pictures, tables, checks, count, statistics }: FlowReport,
  { tookMs, perSecond }: { readonly tookMs: number; readonly perSecond: number },
): Document {
  const messages = statistics.stages.reduce((sum, { received }) => sum + received, 0);
  const seconds = (tookMs / 1000).toFixed(2);
  return [
    ...pictures.flatMap(
      (picture): Document => [{ kind: 'heading', level: 3, text: picture.caption }, picture],
    ),
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
      })),
    },
    {
      kind: 'paragraph',
      lines: [
        {
          text: `${inGroups(count)} from outside, ${inGroups(messages)} messages handled in ${seconds} s (${inGroups(perSecond)} a second)`,
          tone: 'muted',
        },
      ],
    },
  ];
}
