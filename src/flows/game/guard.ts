import type { Stage } from '../../pipeline-runtime/index.ts';
import { type GameMessage, gameMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

/** Lets each action of a player in a match through once: numbers rise, and one that does not has come before. */
export const validateStage: Stage<
  GameMessage<'PlayerAction'>,
  GameMessage<'ActionChecked' | 'ActionRejected'>,
  { readonly lastSeq: number }
> = {
  name: 'validate',
  accepts: ['PlayerAction'],
  state: { initial: () => ({ lastSeq: -1 }), key: ({ data }) => `${data.matchId} ${data.playerId}` },
  handle({ data }, { state, next }) {
    if (data.seq <= state.get().lastSeq)
      return [next(messages.ActionRejected, { ...data, reason: 'duplicate' })];
    state.set({ lastSeq: data.seq });
    return [next(messages.ActionChecked, data)];
  },
};

/** What the server knows of a player, whatever the player says. */
export interface Watched {
  /** When the latest actions were heard of: as many as are allowed in a second. */
  readonly latestMs: readonly number[];
  readonly place: { readonly matchId: string; readonly metres: number; readonly atMs: number } | null;
  readonly strikes: number;
  readonly isSuspected: boolean;
  readonly isBanned: boolean;
}

const nobody: Watched = { latestMs: [], place: null, strikes: 0, isSuspected: false, isBanned: false };

type In = GameMessage<'ActionChecked' | 'StrikeJudged'>;
type Out = GameMessage<
  | 'ActionAccepted'
  | 'ActionRejected'
  | 'CheatSuspected'
  | 'StrikeCleared'
  | 'PlayerBanned'
  | 'JudgementRefused'
>;

/** Rejects what no squirrel can do. The first time is a strike, until a person clears it or bans the player. */
export const antiCheatStage: Stage<In, Out, Watched> = {
  name: 'anti-cheat',
  accepts: ['ActionChecked', 'StrikeJudged'],
  state: { initial: () => nobody },
  handle(message, { state, next }) {
    const player = state.get();
    const { playerId } = message.data;
    if (message.type === 'StrikeJudged') {
      const { by, verdict } = message.data;
      if (!player.isSuspected)
        return [next(messages.JudgementRefused, { playerId, by, reason: 'no_strike' })];
      const isBanned = verdict === 'banned';
      state.set({ ...player, isSuspected: false, isBanned });
      const kind = isBanned ? messages.PlayerBanned : messages.StrikeCleared;
      return [next(kind, { playerId, by, strike: player.strikes })];
    }
    const { data } = message;
    if (player.isBanned) return [next(messages.ActionRejected, { ...data, reason: 'banned' })];
    const latestMs = [...player.latestMs, data.atMs].slice(-rules.mostActions);
    const found = impossible(player, data);
    if (found !== undefined) {
      const { heuristic, evidence } = found;
      const rejected = next(messages.ActionRejected, { ...data, reason: heuristic });
      const strikes = player.isSuspected ? player.strikes : player.strikes + 1;
      state.set({ ...player, latestMs, strikes, isSuspected: true });
      if (player.isSuspected) return [rejected];
      return [rejected, next(messages.CheatSuspected, { playerId, strike: strikes, heuristic, evidence })];
    }
    const { matchId, atMs, metres } = data;
    state.set({ ...player, latestMs, place: metres === null ? player.place : { matchId, metres, atMs } });
    return [next(messages.ActionAccepted, { ...data, strike: player.isSuspected ? player.strikes : null })];
  },
};

/** What no squirrel can do, and how one sees it; undefined: it can be. */
export function impossible(
  { latestMs, place }: Pick<Watched, 'latestMs' | 'place'>,
  { matchId, atMs, metres }: Pick<GameMessage<'ActionChecked'>['data'], 'matchId' | 'atMs' | 'metres'>,
): { readonly heuristic: 'speed' | 'rate'; readonly evidence: string } | undefined {
  const [oldest] = latestMs;
  if (oldest !== undefined && latestMs.length === rules.mostActions && atMs - oldest < rules.windowMs)
    return { heuristic: 'rate', evidence: `${rules.mostActions + 1} actions in ${atMs - oldest} ms` };
  // A match begins anywhere.
  if (metres === null || place === null || place.matchId !== matchId) return undefined;
  const run = Math.abs(metres - place.metres);
  const tookMs = Math.max(0, atMs - place.atMs);
  return run * 1000 > rules.mostSpeed * tookMs
    ? { heuristic: 'speed', evidence: `${run} m in ${tookMs} ms` }
    : undefined;
}
