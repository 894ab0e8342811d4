import { fileURLToPath } from 'node:url';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { type Action, actions, machine, moderationMessages as messages } from './messages.ts';

/** Something that somebody does. */
export interface Row {
  readonly atMs: number;
  readonly who: string;
  readonly does: 'post' | 'appeal' | 'restore' | 'uphold' | Action;
  /** Empty: what stands first in the queue. */
  readonly contentId: string;
  readonly reach: number;
  /** What the model is to say: null, what it says by itself; `none`, nothing. */
  readonly score: number | 'none' | null;
  readonly text: string;
}

export const columns = ['at', 'who', 'does', 'content_id', 'reach', 'score', 'text'] as const;
type Cells = Readonly<Record<(typeof columns)[number], string>>;

export const beginsAtMs = Date.parse('2026-03-02T10:00:00Z');

const deeds = ['post', ...actions, 'appeal', 'restore', 'uphold'] as const;
const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly Row[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random);
  const file = input.kind === 'file' ? input.file : sample;
  const posted = new Set<string>();
  return readTable<(typeof columns)[number], Row>(file, {
    columns,
    rowOf(cells) {
      const row = rowOf(cells);
      if (typeof row === 'string' || row.does !== 'post') return row;
      if (posted.has(row.contentId)) return `content_id was posted before: ${JSON.stringify(row.contentId)}`;
      posted.add(row.contentId);
      return row;
    },
  });
}

const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

export function rowOf(cells: Cells): Row | string {
  const { at, who, does, content_id: contentId, text } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(atMs)) return `at is no time in UTC such as 2026-03-02T10:00:00Z: ${JSON.stringify(at)}`;
  if (!word.test(who)) return `who is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(who)}`;
  if (who === machine) return `nobody is called ${machine}`;
  const deed = deeds.find((each) => each === does);
  if (deed === undefined) return `does is none of ${deeds.join(', ')}: ${JSON.stringify(does)}`;
  const mayBeLeftOut = actions.some((action) => action === deed);
  if (!word.test(contentId) && !(mayBeLeftOut && contentId === ''))
    return `content_id is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(contentId)}`;
  if (deed !== 'post') return { atMs, who, does: deed, contentId, reach: 0, score: null, text };
  if (!/^\d{1,9}$/.test(cells.reach)) return `reach is no whole number: ${JSON.stringify(cells.reach)}`;
  const score = cells.score === '' ? null : cells.score === 'none' ? 'none' : Number(cells.score);
  if (typeof score === 'number' && !(/^\d(\.\d{1,9})?$/.test(cells.score) && score <= 1))
    return `score is neither a number from 0 to 1, nor none, nor empty: ${JSON.stringify(cells.score)}`;
  if (text === '') return 'text is empty';
  return { atMs, who, does: deed, contentId, reach: Number(cells.reach), score, text };
}

export const entriesOf = (rows: readonly Row[]): readonly FlowEntry[] =>
  rows.map((row, index) => entryOfRow(row, `row ${index + 1}`));

export function entryOfRow({ atMs, who, does, contentId, reach, text }: Row, place: string): FlowEntry {
  const when = { atMs, place };
  switch (does) {
    case 'post':
      return entryOf(messages.ContentSubmitted, { contentId, authorId: who, text, reach, hops: 0 }, when);
    case 'appeal':
      return entryOf(messages.AppealFiled, { contentId, by: who, hops: 0 }, when);
    case 'restore':
    case 'uphold': {
      const outcome = does === 'restore' ? 'restored' : 'upheld';
      return entryOf(messages.AppealReviewed, { contentId, by: who, outcome, hops: 0 }, when);
    }
    default: {
      const said = {
        contentId: contentId === '' ? null : contentId,
        by: who,
        action: does,
        reason: text || 'rules',
      };
      return entryOf(messages.ReviewGiven, { ...said, hops: 0 }, when);
    }
  }
}

export const scoresOf = (rows: readonly Row[]): ReadonlyMap<string, number | 'none'> =>
  new Map(rows.flatMap(({ contentId, score }) => (score === null ? [] : [[contentId, score] as const])));

/** Ten milliseconds apart: most are harmless, some are copies, one of fifty goes to a person, who comes soon. */
function generated(count: number, random: Random): readonly Row[] {
  const upTo = (most: number): number => Math.floor(random.next() * most);
  const rows: Row[] = [];
  for (let index = 0; rows.length < count; index++) {
    const atMs = beginsAtMs + index * 10;
    const of = { atMs, reach: upTo(1000) };
    const chance = random.next();
    const score = chance < 0.02 ? 0.5 : chance < 0.03 ? 0.95 : 0.1;
    const text = Array.from({ length: 8 }, () => upTo(10_000).toString(36)).join(' ');
    rows.push({ ...of, who: `author-${upTo(count)}`, does: 'post', contentId: `c${index}`, score, text });
    if (score !== 0.5) continue;
    const action = actions[upTo(actions.length)] ?? 'publish';
    rows.push({ ...of, atMs: atMs + 1, who: 'rev1', does: action, contentId: '', score: null, text: '' });
  }
  return rows.slice(0, count);
}
