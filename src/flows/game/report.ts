import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import type { Ranking, Standing } from './board.ts';
import type { Tally } from './counts.ts';
import { countKeys } from './counts.ts';
import type { Watched } from './guard.ts';
import { achievements, type GameMessages, rejections } from './messages.ts';
import type { Unlocked } from './play.ts';
import type { Held, Purse } from './rewards.ts';
import { rewards } from './rules.ts';

/** No list on a screen is longer. */
const longestList = 15;

/** Who leads, who is suspected, who has what, and whether it adds up. */
export async function reportOf(
  pipeline: Pipeline<GameMessages>,
  ranking: Ranking,
  received: number,
): Promise<FlowReport> {
  const standings = await keptBy<Standing>(pipeline, 'leaderboard');
  const purses = await keptBy<Purse>(pipeline, 'wallet');
  const held = await keptBy<Held>(pipeline, 'rewards');
  const unlocked = await keptBy<Unlocked>(pipeline, 'achievements');
  const watched = await keptBy<Watched>(pipeline, 'anti-cheat');
  const tally = await keptBy<Tally>(pipeline, 'counts');
  if (ranking.size === 0) await ranking.fill(pipeline);
  const count = (of: keyof Tally): number =>
    [...tally.values()].reduce((sum, each) => sum + (each[of] ?? 0), 0);
  const rejected = Object.fromEntries(rejections.map((reason) => [reason, count(reason)]));
  const players = ranking.top(longestList).map((playerId) => {
    const { score = 0, isProvisional = false } = standings.get(playerId) ?? {};
    const withheld = (held.get(playerId)?.withheld ?? []).reduce((sum, { coins }) => sum + coins, 0);
    return { playerId, score, isProvisional, coins: purses.get(playerId)?.coins ?? 0, withheld };
  });
  const banned = [...watched].flatMap(([playerId, { isBanned }]) => (isBanned ? [playerId] : []));
  const granted = [...purses.values()].flatMap(({ keys }) => keys);
  const all = [...standings].filter(([, { isBanned }]) => !isBanned);
  return {
    count: received,
    statistics: pipeline.statistics(),
    pictures: [
      {
        kind: 'bars',
        caption: `Leaderboard (${players.length} of ${ranking.size})`,
        bars: players.map(({ playerId, score, isProvisional }, index) => ({
          name: `${index + 1} ${playerId}${isProvisional ? ' (provisional)' : ''}`,
          value: score,
          ...(isProvisional && { tone: 'muted' as const }),
        })),
      },
    ],
    tables: [
      {
        title: 'Actions',
        columns: ['accepted', ...rejections],
        rows: [[count('accepted'), ...Object.values(rejected)].map(String)],
      },
      {
        title: 'Players',
        columns: ['rank', 'player', 'score', '', 'coins', 'withheld'],
        rows: players.map(({ playerId, score, isProvisional, coins, withheld }, index) => [
          String(index + 1),
          playerId,
          String(score),
          isProvisional ? 'provisional' : '',
          String(coins),
          withheld === 0 ? '' : String(withheld),
        ]),
      },
    ],
    checks: [
      {
        words: 'every action was accepted, or rejected for a reason',
        holds: countKeys.reduce((sum, key) => sum + count(key), 0) >= received,
      },
      { words: 'the board is in the order of all scores', holds: isSorted(all, ranking) },
      {
        words: 'coins = what the achievements granted are worth, each once for a player',
        holds:
          granted.reduce((sum, key) => sum + rewards[key], 0) === sumOf(purses, ({ coins }) => coins) &&
          [...purses.values()].every(({ keys }) => new Set(keys).size === keys.length),
      },
      {
        words: 'each achievement is granted, withheld, or void with its player',
        holds: [...unlocked].every(([playerId, { keys }]) => {
          const { withheld = [], isBanned = false } = held.get(playerId) ?? {};
          const had = (purses.get(playerId)?.keys.length ?? 0) + withheld.length;
          return isBanned ? had <= keys.length : had === keys.length;
        }),
      },
    ],
    data: {
      actions: { received, accepted: count('accepted'), rejected },
      board: players,
      players: ranking.size,
      banned,
      suspected: all.filter(([, { isProvisional }]) => isProvisional).length,
      coins: sumOf(purses, ({ coins }) => coins),
      achievements: Object.fromEntries(
        achievements.map((key) => [key, granted.filter((each) => each === key).length]),
      ),
    },
  };
}

/** Against a sort of everybody. */
function isSorted(all: readonly (readonly [string, Standing])[], ranking: Ranking): boolean {
  const sorted = all
    .filter(([, { score }]) => score > 0)
    .sort(
      ([a, one], [b, other]) =>
        other.score - one.score || one.reachedAtMs - other.reachedAtMs || (a < b ? -1 : 1),
    );
  const top = ranking.top(sorted.length);
  return ranking.size === sorted.length && sorted.every(([playerId], index) => top[index] === playerId);
}

const sumOf = <T>(values: ReadonlyMap<string, T>, of: (value: T) => number): number =>
  [...values.values()].reduce((sum, value) => sum + of(value), 0);
