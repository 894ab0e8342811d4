import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ModerationMessage, moderationMessages as messages } from './messages.ts';
import { type Kept, queueKey, ReviewQueue } from './review-queue.ts';

type In = ModerationMessage<'ReviewQueued' | 'ReviewDue' | 'ReviewGiven'>;
type Out = ModerationMessage<'ReviewOverdue' | 'ReviewAssigned' | 'DecisionMade' | 'RequestRefused'>;

/** The queue of what people decide: what does most harm to most readers first, and before that what has waited too long. */
export const reviewStage: Stage<In, Out, Kept> = {
  name: 'review',
  accepts: ['ReviewQueued', 'ReviewDue', 'ReviewGiven'],
  // There is one queue.
  concurrency: 1,
  state: { initial: () => ({}), key: () => queueKey },
  async handle({ type, data, time }, { state, stateOf, at, cancel, next }) {
    const queue = new ReviewQueue(state, stateOf);
    if (type === 'ReviewQueued') {
      const { contentId, authorId, severity, reach, dueMs } = data;
      const queuedAtMs = Date.parse(time);
      await queue.add({ contentId, authorId, severity, reach, queuedAtMs, dueMs, isOverdue: false });
      at(contentId, dueMs, next(messages.ReviewDue, { contentId, authorId }));
      return [];
    }
    const waiting = data.contentId === null ? queue.first : await queue.find(data.contentId);
    if (type === 'ReviewDue') {
      if (waiting === undefined) return [];
      await queue.markOverdue(waiting);
      return [next(messages.ReviewOverdue, { contentId: waiting.contentId, authorId: waiting.authorId })];
    }
    const { by, action, reason } = data;
    if (waiting === undefined) {
      const why = data.contentId === null ? 'nothing_waits' : 'not_in_the_queue';
      return [next(messages.RequestRefused, { contentId: data.contentId, by, reason: why })];
    }
    const { contentId, authorId } = waiting;
    cancel(contentId);
    await queue.remove(waiting);
    return [
      next(messages.ReviewAssigned, { contentId, authorId, by }),
      next(messages.DecisionMade, { contentId, authorId, action, reason, by, isAppeal: false }),
    ];
  },
};
