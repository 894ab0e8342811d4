import type { Stage } from '../../pipeline-runtime/index.ts';
import {
  type Achievement,
  type GameMessage,
  type GameMessages,
  gameMessages as messages,
} from './messages.ts';
import { rewards, rules } from './rules.ts';

/** What a player has come to. */
export interface Player {
  readonly score: number;
  readonly acorns: number;
  readonly goldens: number;
  readonly metres: number | null;
  readonly actions: number;
}

export const beginner: Player = { score: 0, acorns: 0, goldens: 0, metres: null, actions: 0 };

/** What an accepted action makes of a player: the log of them from nothing gives the player again. */
export function evolve(
  player: Player,
  { deed, metres }: Pick<GameMessages['ActionAccepted'], 'deed' | 'metres'>,
): Player {
  const { acorns, goldens, score } = player;
  const after = { ...player, actions: player.actions + 1 };
  if (deed === 'collect') return { ...after, acorns: acorns + 1, score: score + rules.acornPoints };
  if (deed === 'golden') return { ...after, goldens: goldens + 1, score: score + rules.goldenPoints };
  return { ...after, metres };
}

export const stateStage: Stage<GameMessage<'ActionAccepted'>, GameMessage<'ScoreChanged'>, Player> = {
  name: 'state',
  accepts: ['ActionAccepted'],
  state: { initial: () => beginner },
  handle({ data }, { state, next }) {
    const player = evolve(state.get(), data);
    state.set(player);
    if (data.deed === 'move') return [];
    const { playerId, atMs, strike, deed } = data;
    const { score, acorns, goldens } = player;
    return [next(messages.ScoreChanged, { playerId, atMs, strike, deed, score, acorns, goldens })];
  },
};

export interface Unlocked {
  readonly keys: readonly Achievement[];
  /** When the latest acorns were collected. */
  readonly acornsMs: readonly number[];
}

/** Each achievement once for each player. */
export const achievementStage: Stage<
  GameMessage<'ScoreChanged'>,
  GameMessage<'AchievementUnlocked'>,
  Unlocked
> = {
  name: 'achievements',
  accepts: ['ScoreChanged'],
  state: { initial: () => ({ keys: [], acornsMs: [] }) },
  handle({ data: { playerId, atMs, strike, deed, acorns, goldens } }, { state, next }) {
    const { keys, acornsMs: before } = state.get();
    const acornsMs = deed === 'collect' ? [...before, atMs].slice(-rules.streak) : before;
    const [first = atMs] = acornsMs;
    const reached: Readonly<Record<Achievement, boolean>> = {
      first_acorn: acorns >= 1,
      streak_5: acornsMs.length === rules.streak && atMs - first <= rules.streakMs,
      hoarder: acorns >= rules.hoard,
      golden: goldens >= 1,
    };
    const isNew = (key: Achievement): boolean => reached[key] && !keys.includes(key);
    const added = (Object.keys(reached) as Achievement[]).filter(isNew);
    state.set({ keys: [...keys, ...added], acornsMs });
    return added.map((key) =>
      next(messages.AchievementUnlocked, { playerId, key, coins: rewards[key], strike }),
    );
  },
};
