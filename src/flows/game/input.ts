import { fileURLToPath } from 'node:url';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { deeds, gameMessages as messages } from './messages.ts';

/** What somebody does: a player, or a person who has looked at a strike. */
export interface Row {
  readonly atMs: number;
  readonly playerId: string;
  readonly matchId: string;
  readonly seq: number;
  readonly does: (typeof deeds)[number] | 'clear' | 'ban';
  /** Of a move: where to. */
  readonly metres: number | null;
  /** Of `clear` and `ban`: who does it. */
  readonly by: string;
}

export const columns = ['at', 'player_id', 'match_id', 'seq', 'does', 'metres', 'by'] as const;
type Cells = Readonly<Record<(typeof columns)[number], string>>;

export const beginsAtMs = Date.parse('2026-03-02T10:00:00Z');
const allDeeds = [...deeds, 'clear', 'ban'] as const;
const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly Row[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random);
  const file = input.kind === 'file' ? input.file : sample;
  return readTable<(typeof columns)[number], Row>(file, { columns, rowOf });
}

const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
const number = /^-?\d{1,6}(\.\d{1,3})?$/;

export function rowOf(cells: Cells): Row | string {
  const { at, player_id: playerId, match_id: matchId, by } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(atMs)) return `at is no time in UTC such as 2026-03-02T10:00:00Z: ${JSON.stringify(at)}`;
  const does = allDeeds.find((each) => each === cells.does);
  if (does === undefined) return `does is none of ${allDeeds.join(', ')}: ${JSON.stringify(cells.does)}`;
  const isJudged = does === 'clear' || does === 'ban';
  for (const [column, text] of Object.entries({
    player_id: playerId,
    [isJudged ? 'by' : 'match_id']: isJudged ? by : matchId,
  }))
    if (!word.test(text))
      return `${column} is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(text)}`;
  if (isJudged) return { atMs, playerId, matchId: '', seq: 0, does, metres: null, by };
  if (!/^\d{1,9}$/.test(cells.seq)) return `seq is no whole number, 0 or more: ${JSON.stringify(cells.seq)}`;
  if (does === 'move' && !number.test(cells.metres))
    return `metres is no number, which a move ends at: ${JSON.stringify(cells.metres)}`;
  const metres = does === 'move' ? Number(cells.metres) : null;
  return { atMs, playerId, matchId, seq: Number(cells.seq), does, metres, by: '' };
}

export const entriesOf = (rows: readonly Row[]): readonly FlowEntry[] =>
  rows.map((row, index) => entryOfRow(row, `row ${index + 1}`));

export function entryOfRow(
  { atMs, playerId, matchId, seq, does, metres, by }: Row,
  place: string,
): FlowEntry {
  if (does === 'clear' || does === 'ban') {
    const verdict = does === 'clear' ? 'cleared' : 'banned';
    return entryOf(messages.StrikeJudged, { playerId, by, verdict, hops: 0 }, { atMs, place });
  }
  const action = { playerId, matchId, seq, atMs, deed: does, metres, hops: 0 };
  return entryOf(messages.PlayerAction, action, { atMs, place });
}

/** A thousand actions a second, ten at a time; of a hundred one is a run that nobody can run, and one comes twice. */
function generated(count: number, random: Random): readonly Row[] {
  const players = Math.max(1, Math.ceil(count / 5));
  const upTo = (most: number): number => Math.floor(random.next() * most);
  const rows: Row[] = [];
  for (let index = 0; rows.length < count; index++) {
    const chance = random.next();
    const does = chance < 0.02 ? 'move' : chance < 0.04 ? 'golden' : 'collect';
    const row: Row = {
      atMs: beginsAtMs + index - (index % 10),
      playerId: `player-${upTo(players)}`,
      matchId: 'm1',
      seq: index,
      does,
      metres: does === 'move' ? upTo(200) : null,
      by: '',
    };
    rows.push(row);
    if (random.next() < 0.01) rows.push(row);
  }
  return rows.slice(0, count);
}
