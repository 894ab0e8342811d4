import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const word = z.string().min(1);
const atMs = z.int();
const coins = z.int().positive();
/** The open strike of its player, as a number; null: none. What is won under one is provisional. */
const strike = z.int().positive().nullable();
export const deeds = ['collect', 'golden', 'move'] as const;
/** What a player does, when the server hears of it; `metres` is where a move ends. */
const action = {
  matchId: word,
  seq: z.int().nonnegative(),
  atMs,
  deed: z.enum(deeds),
  metres: z.number().nullable(),
};
export const rejections = ['duplicate', 'speed', 'rate', 'banned'] as const;
export const achievements = ['first_acorn', 'streak_5', 'hoarder', 'golden'] as const;
const key = z.enum(achievements);

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source: '/flows/game',
    subject: (said) => (said as unknown as { playerId: string }).playerId,
    versions: [z.object({ playerId: word, hops: z.int().nonnegative(), ...shape })],
  });

/** All that is said about the squirrels. What concerns one player stays in its order. */
export const gameMessages = {
  PlayerAction: about('PlayerAction', action),
  ActionChecked: about('ActionChecked', action),
  ActionAccepted: about('ActionAccepted', { ...action, strike }),
  ActionRejected: about('ActionRejected', { ...action, reason: z.enum(rejections) }),
  CheatSuspected: about('CheatSuspected', {
    strike: z.int().positive(),
    heuristic: z.enum(['speed', 'rate']),
    evidence: z.string(),
  }),
  /** A person has looked at what is suspected. */
  StrikeJudged: about('StrikeJudged', { by: word, verdict: z.enum(['cleared', 'banned']) }),
  StrikeCleared: about('StrikeCleared', { strike: z.int().positive(), by: word }),
  PlayerBanned: about('PlayerBanned', { strike: z.int().positive(), by: word }),
  JudgementRefused: about('JudgementRefused', { by: word, reason: z.enum(['no_strike']) }),
  /** With all that the score is made of. */
  ScoreChanged: about('ScoreChanged', {
    atMs,
    strike,
    score: z.int().nonnegative(),
    acorns: z.int().nonnegative(),
    goldens: z.int().nonnegative(),
    deed: action.deed,
  }),
  AchievementUnlocked: about('AchievementUnlocked', { key, coins, strike }),
  LeaderboardChanged: about('LeaderboardChanged', { rank: z.int().positive(), score: z.int() }),
  RewardDue: about('RewardDue', { key, coins }),
  RewardGranted: about('RewardGranted', { key, coins }),
  RewardWithheld: about('RewardWithheld', { key, coins }),
  PlayerNotified: about('PlayerNotified', { words: word }),
} as const;

export type GameMessages = MessagesOf<typeof gameMessages>;
export type GameMessage<Type extends keyof GameMessages> = {
  [T in Type]: Message<T, GameMessages[T]>;
}[Type];
export type Achievement = (typeof achievements)[number];
