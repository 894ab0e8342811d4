import type { Stage } from '../../pipeline-runtime/index.ts';
import { type ModerationMessage, moderationMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

/** What was decided first, and what became of the complaint about it. */
interface Decided {
  readonly authorId: string;
  readonly by: string;
  readonly atMs: number;
  readonly appeal: 'none' | 'open' | 'decided';
}

type In = ModerationMessage<'ActionEnforced' | 'AppealFiled' | 'AppealReviewed'>;
type Out = ModerationMessage<'AppealQueued' | 'AppealDecided' | 'DecisionMade' | 'RequestRefused'>;

/** An author may complain once, for six months; a person decides on it, and not the one who decided first. */
export const appealStage: Stage<In, Out, Decided | null> = {
  name: 'appeal',
  accepts: ['ActionEnforced', 'AppealFiled', 'AppealReviewed'],
  state: { initial: () => null },
  handle({ type, data, time }, { state, next }) {
    const atMs = Date.parse(time);
    const known = state.get();
    if (type === 'ActionEnforced') {
      const { authorId, by, action, isAppeal } = data;
      if (!isAppeal && action !== 'publish') state.set({ authorId, by, atMs, appeal: 'none' });
      return [];
    }
    const { contentId, by } = data;
    const refuse = (reason: string): readonly Out[] => [
      next(messages.RequestRefused, { contentId, by, reason }),
    ];
    if (known === null) return refuse('nothing_to_appeal');
    const { authorId } = known;
    if (type === 'AppealFiled') {
      if (by !== authorId) return refuse('not_the_author');
      if (known.appeal !== 'none') return refuse('appealed_before');
      if (atMs > known.atMs + rules.appealWithinMs) return refuse('too_late');
      state.set({ ...known, appeal: 'open' });
      return [next(messages.AppealQueued, { contentId, authorId })];
    }
    if (known.appeal !== 'open') return refuse('no_open_appeal');
    if (by === known.by) return refuse('decided_first');
    if (by === authorId) return refuse('in_ones_own_cause');
    const { outcome } = data;
    state.set({ ...known, appeal: 'decided' });
    const decided = next(messages.AppealDecided, { contentId, authorId, by, outcome });
    if (outcome === 'upheld') return [decided];
    const restored = {
      contentId,
      authorId,
      action: 'publish',
      reason: 'appeal',
      by,
      isAppeal: true,
    } as const;
    return [decided, next(messages.DecisionMade, restored)];
  },
};
