import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ModerationMessage, moderationMessages as messages } from './messages.ts';

/** Something that a person has to look at. */
export interface Waiting {
  readonly contentId: string;
  readonly authorId: string;
  readonly severity: number;
  readonly reach: number;
  readonly queuedAtMs: number;
  readonly dueMs: number;
  readonly isOverdue: boolean;
}

export const queueKey = 'queue';

type In = ModerationMessage<'ReviewQueued' | 'ReviewDue' | 'ReviewGiven'>;
type Out = ModerationMessage<'ReviewOverdue' | 'ReviewAssigned' | 'DecisionMade' | 'RequestRefused'>;

/** The queue of what people decide: what does most harm to most readers first, and before that what has waited too long. */
export const reviewStage: Stage<In, Out, readonly Waiting[]> = {
  name: 'review',
  accepts: ['ReviewQueued', 'ReviewDue', 'ReviewGiven'],
  // There is one queue.
  concurrency: 1,
  state: { initial: () => [], key: () => queueKey },
  handle({ type, data, time }, { state, at, cancel, next }) {
    const queue = state.get();
    if (type === 'ReviewQueued') {
      const { contentId, authorId, severity, reach, dueMs } = data;
      const queuedAtMs = Date.parse(time);
      state.set(
        inserted(queue, { contentId, authorId, severity, reach, queuedAtMs, dueMs, isOverdue: false }),
      );
      at(contentId, dueMs, next(messages.ReviewDue, { contentId, authorId }));
      return [];
    }
    const index =
      data.contentId === null ? 0 : queue.findIndex(({ contentId }) => contentId === data.contentId);
    const waiting = queue[index];
    if (type === 'ReviewDue') {
      if (waiting === undefined) return [];
      state.set(inserted(queue.toSpliced(index, 1), { ...waiting, isOverdue: true }));
      return [next(messages.ReviewOverdue, { contentId: waiting.contentId, authorId: waiting.authorId })];
    }
    const { by, action, reason } = data;
    if (waiting === undefined) {
      const why = data.contentId === null ? 'nothing_waits' : 'not_in_the_queue';
      return [next(messages.RequestRefused, { contentId: data.contentId, by, reason: why })];
    }
    const { contentId, authorId } = waiting;
    cancel(contentId);
    state.set(queue.toSpliced(index, 1));
    return [
      next(messages.ReviewAssigned, { contentId, authorId, by }),
      next(messages.DecisionMade, { contentId, authorId, action, reason, by, isAppeal: false }),
    ];
  },
};

/** In its place, by halving: the queue is in order. */
function inserted(queue: readonly Waiting[], item: Waiting): readonly Waiting[] {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comesBefore(item, queue[middle] as Waiting)) high = middle;
    else low = middle + 1;
  }
  return queue.toSpliced(low, 0, item);
}

function comesBefore(one: Waiting, other: Waiting): boolean {
  if (one.isOverdue !== other.isOverdue) return one.isOverdue;
  const harm = one.severity * one.reach - other.severity * other.reach;
  return harm === 0 ? one.queuedAtMs < other.queuedAtMs : harm > 0;
}
