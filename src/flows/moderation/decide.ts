import type { Stage } from '../../pipeline-runtime/index.ts';
import { type Action, type ModerationMessage, machine, moderationMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

type Out = ModerationMessage<'DecisionMade' | 'ReviewQueued'>;

/** Decides what is clear, and leaves the rest to people. What nobody has scored may be the worst, and is never published unseen. */
export const decideStage: Stage<ModerationMessage<'ContentFlagged' | 'ContentScored'>, Out> = {
  name: 'decide',
  accepts: ['ContentFlagged', 'ContentScored'],
  handle({ type, data, time }, { next }) {
    const { contentId, authorId } = data;
    const decide = (action: Action, reason: string): readonly Out[] => [
      next(messages.DecisionMade, { contentId, authorId, action, reason, by: machine, isAppeal: false }),
    ];
    if (type === 'ContentFlagged') return decide('remove', data.filter);
    const { score, reach } = data;
    if (score !== null && score <= rules.publishUpTo) return decide('publish', 'harmless');
    if (score !== null && score >= rules.removeFrom) return decide('remove', data.labels[0] ?? 'harmful');
    const dueMs = Date.parse(time) + rules.reviewWithinMs;
    return [next(messages.ReviewQueued, { contentId, authorId, severity: score ?? 1, reach, dueMs })];
  },
};
