import { OrderedMap } from '@js-sdsl/ordered-map';
import type { Pipeline, Stage } from '../../pipeline-runtime/index.ts';
import { type GameMessage, type GameMessages, gameMessages as messages } from './messages.ts';

/** A line of the leaderboard. */
export interface Standing {
  readonly score: number;
  /** When that score was reached: of equal ones the first leads. */
  readonly reachedAtMs: number;
  readonly isProvisional: boolean;
  readonly isBanned: boolean;
}

type Place = readonly [score: number, reachedAtMs: number, playerId: string];

const inOrder = (one: Place, other: Place): number =>
  other[0] - one[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : Number(one[2] > other[2]));

/**
 * All players by their rank: a tree in memory, made of what the stage keeps of each player. To find a rank, or change one, takes
 * as long as the logarithm of their number.
 */
export class Ranking {
  readonly #tree = new OrderedMap<Place, true>([], inOrder, true);
  readonly #places = new Map<string, Place>();

  /** Null: out of the board. */
  set(playerId: string, standing: Standing | null): void {
    const before = this.#places.get(playerId);
    if (before !== undefined) this.#tree.eraseElementByKey(before);
    this.#places.delete(playerId);
    if (standing === null || standing.isBanned) return;
    const place: Place = [standing.score, standing.reachedAtMs, playerId];
    this.#tree.setElement(place, true);
    this.#places.set(playerId, place);
  }

  /** From 1; undefined: not in the board. */
  rankOf(playerId: string): number | undefined {
    const place = this.#places.get(playerId);
    return place === undefined ? undefined : this.#tree.find(place).index + 1;
  }

  get size(): number {
    return this.#tree.length;
  }

  /** Of the first ones. */
  top(count: number): readonly string[] {
    return Array.from(
      { length: Math.min(count, this.size) },
      (_, index) => this.#tree.getElementByPos(index)?.[0][2] ?? '',
    );
  }

  /** Takes in what was kept before this process began. */
  async fill(pipeline: Pipeline<GameMessages>): Promise<void> {
    for await (const { key, value } of pipeline.statesOf('leaderboard')) this.set(key, value as Standing);
  }
}

type In = GameMessage<'ScoreChanged' | 'CheatSuspected' | 'StrikeCleared' | 'PlayerBanned'>;

const unranked: Standing = { score: 0, reachedAtMs: 0, isProvisional: false, isBanned: false };

/** Keeps the standing of each player, and their order. */
export const leaderboardStage = (
  ranking: Ranking,
): Stage<In, GameMessage<'LeaderboardChanged'>, Standing> => ({
  name: 'leaderboard',
  accepts: ['ScoreChanged', 'CheatSuspected', 'StrikeCleared', 'PlayerBanned'],
  state: { initial: () => unranked },
  handle({ type, data }, { state, next }) {
    const { playerId } = data;
    const before = state.get();
    if (type !== 'ScoreChanged') {
      const isBanned = type === 'PlayerBanned';
      state.set({ ...before, isProvisional: type === 'CheatSuspected', isBanned });
      if (isBanned) ranking.set(playerId, null);
      return [];
    }
    const { score, atMs } = data;
    const standing = { ...before, score, reachedAtMs: atMs };
    state.set(standing);
    ranking.set(playerId, standing);
    const rank = ranking.rankOf(playerId);
    return rank === undefined ? [] : [next(messages.LeaderboardChanged, { playerId, rank, score })];
  },
});
