import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ModerationMessage, moderationMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

/** How an author stands. */
export interface Author {
  /** What was removed, and not restored. */
  readonly strikes: readonly string[];
  readonly mutedUntilMs: number | null;
}

type In = ModerationMessage<'ContentSubmitted' | 'ActionEnforced' | 'AppealDecided'>;
type Out = ModerationMessage<
  'ContentAdmitted' | 'ContentRefused' | 'StrikeAdded' | 'StrikeWithdrawn' | 'AuthorMuted' | 'AuthorBanned'
>;

/** Knows who may write. One stage counts strikes and asks for them, so that none is missed between. */
export const admitStage: Stage<In, Out, Author> = {
  name: 'admit',
  accepts: ['ContentSubmitted', 'ActionEnforced', 'AppealDecided'],
  state: { initial: () => ({ strikes: [], mutedUntilMs: null }), key: ({ data }) => data.authorId },
  handle(message, { state, next }) {
    const { strikes, mutedUntilMs } = state.get();
    const { contentId, authorId } = message.data;
    const nowMs = Date.parse(message.time);
    if (message.type === 'ContentSubmitted') {
      if (strikes.length >= rules.banAtStrikes)
        return [next(messages.ContentRefused, { contentId, authorId, reason: 'author_banned' })];
      if (mutedUntilMs !== null && nowMs < mutedUntilMs)
        return [next(messages.ContentRefused, { contentId, authorId, reason: 'author_muted' })];
      return [next(messages.ContentAdmitted, message.data)];
    }
    if (message.type === 'AppealDecided') {
      const left = strikes.filter((each) => each !== contentId);
      if (message.data.outcome === 'upheld' || left.length === strikes.length) return [];
      const isQuit = left.length < rules.muteAtStrikes;
      state.set({ strikes: left, mutedUntilMs: isQuit ? null : mutedUntilMs });
      return [next(messages.StrikeWithdrawn, { authorId, contentId, strikes: left.length })];
    }
    if (message.data.action !== 'remove' || strikes.includes(contentId)) return [];
    const more = [...strikes, contentId];
    const untilMs = more.length === rules.muteAtStrikes ? nowMs + rules.muteMs : mutedUntilMs;
    state.set({ strikes: more, mutedUntilMs: untilMs });
    return [
      next(messages.StrikeAdded, { authorId, contentId, strikes: more.length }),
      ...(more.length === rules.muteAtStrikes
        ? [next(messages.AuthorMuted, { authorId, untilMs: nowMs + rules.muteMs })]
        : []),
      ...(more.length === rules.banAtStrikes ? [next(messages.AuthorBanned, { authorId })] : []),
    ];
  },
};
