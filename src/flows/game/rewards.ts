import type { Stage } from '../../pipeline-runtime/index.ts';
import { type Achievement, type GameMessage, gameMessages as messages } from './messages.ts';

interface Reward {
  readonly key: Achievement;
  readonly coins: number;
  readonly strike: number;
}

/** What a player is still to be given, once a person has looked. */
export interface Held {
  readonly withheld: readonly Reward[];
  /** Strikes up to this one are cleared. */
  readonly cleared: number;
  readonly isBanned: boolean;
}

type In = GameMessage<'AchievementUnlocked' | 'StrikeCleared' | 'PlayerBanned'>;
type Out = GameMessage<'RewardDue' | 'RewardWithheld'>;

/**
 * What was reached under a strike waits until that is cleared. Which strike that was is said by the one who rejects, so that it
 * does not matter what comes here first.
 */
export const rewardStage: Stage<In, Out, Held> = {
  name: 'rewards',
  accepts: ['AchievementUnlocked', 'StrikeCleared', 'PlayerBanned'],
  state: { initial: () => ({ withheld: [], cleared: 0, isBanned: false }) },
  handle({ type, data }, { state, next }) {
    const { playerId } = data;
    const { withheld, cleared, isBanned } = state.get();
    if (type === 'PlayerBanned') {
      state.set({ withheld: [], cleared, isBanned: true });
      return [];
    }
    if (type === 'StrikeCleared') {
      state.set({
        withheld: withheld.filter(({ strike }) => strike > data.strike),
        cleared: data.strike,
        isBanned,
      });
      return withheld
        .filter(({ strike }) => strike <= data.strike)
        .map(({ key, coins }) => next(messages.RewardDue, { playerId, key, coins }));
    }
    const { key, coins, strike } = data;
    if (strike === null || strike <= cleared) return [next(messages.RewardDue, { playerId, key, coins })];
    if (isBanned) return [];
    state.set({ withheld: [...withheld, { key, coins, strike }], cleared, isBanned });
    return [next(messages.RewardWithheld, { playerId, key, coins })];
  },
};

/** Whoever keeps the coins. */
export interface Wallet {
  /**
   * The same key again gives nothing more.
   * @throws {Error} when it cannot, or only says so.
   */
  give(key: string, playerId: string, coins: number): Promise<void>;
}

/** In memory. */
export class MemoryWallet implements Wallet {
  readonly coins = new Map<string, number>();
  readonly #keys = new Set<string>();

  async give(key: string, playerId: string, coins: number): Promise<void> {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.coins.set(playerId, (this.coins.get(playerId) ?? 0) + coins);
  }
}

export interface Purse {
  readonly keys: readonly Achievement[];
  readonly coins: number;
}

/** Hands coins out. While the wallet is down they wait on the bus, and the game goes on. */
export const walletStage = (
  wallet: Wallet,
): Stage<GameMessage<'RewardDue'>, GameMessage<'RewardGranted'>, Purse> => ({
  name: 'wallet',
  accepts: ['RewardDue'],
  state: { initial: () => ({ keys: [], coins: 0 }) },
  timeoutMs: 5000,
  retry: { attempts: 1000, baseDelayMs: 1000, jitter: false },
  breaker: { failureThreshold: 5, resetAfterMs: 30_000 },
  async handle({ data: { playerId, key, coins } }, { state, next }) {
    await wallet.give(`${playerId} ${key}`, playerId, coins);
    const { keys, coins: before } = state.get();
    state.set({ keys: [...keys, key], coins: before + coins });
    return [next(messages.RewardGranted, { playerId, key, coins })];
  },
});

type Told = GameMessage<
  'RewardGranted' | 'RewardWithheld' | 'CheatSuspected' | 'StrikeCleared' | 'PlayerBanned'
>;

/** Says in words what a player would want to know. */
export const notifyStage: Stage<Told, GameMessage<'PlayerNotified'>, readonly string[]> = {
  name: 'notify',
  accepts: ['RewardGranted', 'RewardWithheld', 'CheatSuspected', 'StrikeCleared', 'PlayerBanned'],
  state: { initial: () => [] },
  handle(message, { state, next }) {
    const words = wordsOf(message);
    state.set([...state.get(), words].slice(-mostNews));
    return [next(messages.PlayerNotified, { playerId: message.data.playerId, words })];
  },
};

const mostNews = 10;

function wordsOf({ type, data }: Told): string {
  if (type === 'RewardGranted') return `${data.key}: ${data.coins} coins`;
  if (type === 'RewardWithheld') return `${data.key}: ${data.coins} coins wait until somebody has looked`;
  if (type === 'CheatSuspected') return `your score is provisional (${data.heuristic}: ${data.evidence})`;
  return type === 'StrikeCleared' ? 'all is well, your score counts' : 'you are out of the game';
}
