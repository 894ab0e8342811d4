import { Ranking } from '../../src/flows/game/board.ts';
import { impossible, type Watched } from '../../src/flows/game/guard.ts';
import { type Row, readRows } from '../../src/flows/game/input.ts';
import { beginner, evolve } from '../../src/flows/game/play.ts';
import { rewards, rules } from '../../src/flows/game/rules.ts';
import { seededRandom } from '../../src/kernel/index.ts';
import type { Measured } from '../measure.ts';
import { timed } from './timed.ts';

type Achievement = keyof typeof rewards;

const newcomer = () => ({
  lastSeq: -1,
  latestMs: [] as readonly number[],
  place: null as Watched['place'],
  isSuspected: false,
  player: beginner,
  acornsMs: [] as readonly number[],
  won: new Set<Achievement>(),
  coins: 0,
  withheld: 0,
});

/** The game by itself: what can be is counted, ranked and rewarded. Of what is generated nobody judges anything. */
export function playByLoop(rows: readonly Row[]) {
  const squirrels = new Map<string, ReturnType<typeof newcomer>>();
  const ranking = new Ranking();
  const rejected = { duplicate: 0, speed: 0, rate: 0, banned: 0 };
  let accepted = 0;
  for (const { playerId, matchId, seq, atMs, does: deed, metres } of rows) {
    if (deed === 'clear' || deed === 'ban') throw new TypeError('the loop knows no judges');
    const squirrel = squirrels.get(playerId) ?? newcomer();
    squirrels.set(playerId, squirrel);
    if (seq <= squirrel.lastSeq) {
      rejected.duplicate++;
      continue;
    }
    squirrel.lastSeq = seq;
    const found = impossible(squirrel, { matchId, atMs, metres });
    squirrel.latestMs = [...squirrel.latestMs, atMs].slice(-rules.mostActions);
    if (found !== undefined) {
      rejected[found.heuristic]++;
      squirrel.isSuspected = true;
      continue;
    }
    accepted++;
    if (metres !== null) squirrel.place = { matchId, metres, atMs };
    squirrel.player = evolve(squirrel.player, { deed, metres });
    if (deed === 'move') continue;
    const { score, acorns, goldens } = squirrel.player;
    ranking.set(playerId, { score, reachedAtMs: atMs, isProvisional: squirrel.isSuspected, isBanned: false });
    ranking.rankOf(playerId);
    if (deed === 'collect') squirrel.acornsMs = [...squirrel.acornsMs, atMs].slice(-rules.streak);
    const isStreak =
      squirrel.acornsMs.length === rules.streak && atMs - (squirrel.acornsMs[0] ?? 0) <= rules.streakMs;
    const win = (key: Achievement, isReached: boolean): void => {
      if (!isReached || squirrel.won.has(key)) return;
      squirrel.won.add(key);
      squirrel[squirrel.isSuspected ? 'withheld' : 'coins'] += rewards[key];
    };
    win('first_acorn', acorns >= 1);
    win('streak_5', isStreak);
    win('hoarder', acorns >= rules.hoard);
    win('golden', goldens >= 1);
  }
  const all = [...squirrels.values()];
  const board = ranking.top(15).map((playerId) => {
    const { player, isSuspected, coins, withheld } = squirrels.get(playerId) ?? newcomer();
    return { playerId, score: player.score, isProvisional: isSuspected, coins, withheld };
  });
  return {
    actions: { received: rows.length, accepted, rejected },
    board,
    players: ranking.size,
    suspected: all.filter(({ isSuspected }) => isSuspected).length,
    coins: all.reduce((sum, { coins }) => sum + coins, 0),
  };
}

export async function naiveGame(count: number): Promise<Measured> {
  const rows = await readRows({ kind: 'load', count }, seededRandom(1));
  return timed(rows.length, () => playByLoop(rows));
}
