import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const source = '/flows/moderation';
const word = z.string().min(1);
const of = { contentId: word, hops: z.int().nonnegative() };
const content = { ...of, authorId: word };
const reach = z.int().nonnegative();
/** Milliseconds since the epoch. */
const moment = z.int();
export const actions = ['publish', 'remove', 'warn'] as const;
const action = z.enum(actions);
/** Whose decision, why, and whether it is about one that was made before. */
const decided = { action, reason: word, by: word, isAppeal: z.boolean() };

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as { contentId: string }).contentId,
    versions: [z.object({ ...of, ...shape })],
  });

const aboutAuthor = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as { authorId: string }).authorId,
    versions: [z.object({ authorId: word, hops: of.hops, ...shape })],
  });

/** All that is said about what people write. */
export const moderationMessages = {
  ContentSubmitted: about('ContentSubmitted', { ...content, text: z.string(), reach }),
  ContentRefused: about('ContentRefused', { ...content, reason: z.enum(['author_muted', 'author_banned']) }),
  ContentAdmitted: about('ContentAdmitted', { ...content, text: z.string(), reach }),
  /** `like` is what was removed before. */
  ContentFlagged: about('ContentFlagged', {
    ...content,
    filter: z.enum(['blocked_word', 'near_duplicate']),
    like: z.string().nullable(),
  }),
  ContentPassed: about('ContentPassed', { ...content, text: z.string(), reach }),
  /** From 0, harmless, to 1; null: the model did not answer. */
  ContentScored: about('ContentScored', {
    ...content,
    reach,
    score: z.number().min(0).max(1).nullable(),
    labels: z.array(z.string()).readonly(),
    model: z.string(),
  }),
  ReviewQueued: about('ReviewQueued', { ...content, severity: z.number(), reach, dueMs: moment }),
  ReviewDue: about('ReviewDue', content),
  ReviewOverdue: about('ReviewOverdue', content),
  /** A person takes what stands first in the queue, or what is named. */
  ReviewGiven: defineMessage({
    type: 'ReviewGiven',
    source,
    subject: () => '/queue',
    versions: [z.object({ hops: of.hops, contentId: word.nullable(), by: word, action, reason: word })],
  }),
  ReviewAssigned: about('ReviewAssigned', { ...content, by: word }),
  /** What was asked for cannot be, such as a decision on an appeal by who decided first. */
  RequestRefused: defineMessage({
    type: 'RequestRefused',
    source,
    subject: ({ by }) => by,
    versions: [z.object({ hops: of.hops, contentId: word.nullable(), by: word, reason: word })],
  }),
  DecisionMade: about('DecisionMade', { ...content, ...decided }),
  ActionEnforced: about('ActionEnforced', { ...content, ...decided }),
  /** `of` what was done: remove, warn, restored, upheld. */
  StatementSent: about('StatementSent', { ...content, of: word }),
  StatementFailed: about('StatementFailed', { ...content, of: word, reason: word }),
  StrikeAdded: aboutAuthor('StrikeAdded', { contentId: word, strikes: z.int() }),
  StrikeWithdrawn: aboutAuthor('StrikeWithdrawn', { contentId: word, strikes: z.int() }),
  AuthorMuted: aboutAuthor('AuthorMuted', { untilMs: moment }),
  AuthorBanned: aboutAuthor('AuthorBanned', {}),
  AppealFiled: about('AppealFiled', { by: word }),
  AppealQueued: about('AppealQueued', content),
  AppealReviewed: about('AppealReviewed', { by: word, outcome: z.enum(['restored', 'upheld']) }),
  AppealDecided: about('AppealDecided', { ...content, by: word, outcome: z.enum(['restored', 'upheld']) }),
} as const;

export type ModerationMessages = MessagesOf<typeof moderationMessages>;
export type ModerationMessage<Type extends keyof ModerationMessages> = {
  [T in Type]: Message<T, ModerationMessages[T]>;
}[Type];
export type Action = (typeof actions)[number];
/** Who decides where no person does. */
export const machine = 'machine';
