import type { Suppression } from '../../datastore/index.ts';
import { type Document, type Line, moment, plural } from '../../report/index.ts';
import type { Change } from './change.ts';
import type { ListedSuppressions } from './list.ts';

/** Two lines each: the address, then why, since when, where and in whose words. */
export function listDocument({ suppressions, hasMore }: ListedSuppressions): Document {
  if (suppressions.length === 0)
    return [{ kind: 'paragraph', lines: [{ text: 'No address is suppressed.' }] }];
  const count = plural(suppressions.length, 'address', 'addresses');
  const headline = hasMore ? `The first ${count}; there are more (--limit)` : `${count} suppressed`;
  return [
    { kind: 'paragraph', lines: [{ text: `${headline}; times in UTC`, tone: 'strong' }] },
    {
      kind: 'columns',
      heading: ['reason', 'since', 'channel', 'said by'],
      align: ['left', 'left', 'left', 'left'],
      indent: 2,
      rows: suppressions.map((suppression) => ({
        title: [{ text: suppression.address, tone: 'warning' as const }],
        cells: cellsOf(suppression),
        text: suppression.detail ?? '',
      })),
    },
  ];
}

const cellsOf = ({ reason, sinceMs, channel, source }: Suppression): string[] => [
  reason,
  moment(sinceMs),
  channel ?? '–',
  source ?? 'unknown',
];

/** A line each. */
export const changesDocument = (changes: readonly Change[]): Document => [
  { kind: 'paragraph', lines: changes.map(lineOf) },
];

const lineOf = ({ address, change }: Change): Line => ({
  sign: signs[change],
  text: `${address}: ${words[change]}`,
});

const signs = {
  added: { text: '✓', tone: 'good' },
  removed: { text: '✓', tone: 'good' },
  'already there': { text: '–', tone: 'warning' },
  'not there': { text: '✗', tone: 'bad' },
} as const;

const words: Readonly<Record<Change['change'], string>> = {
  added: 'is suppressed from now on',
  removed: 'may be written to again',
  'already there': 'is suppressed already',
  'not there': 'is not suppressed',
};
