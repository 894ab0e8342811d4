import { CircuitBreaker, type Clock } from '../../kernel/index.ts';
import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { type ModerationMessage, moderationMessages as messages } from './messages.ts';
import { rules } from './rules.ts';

export interface Score {
  /** From 0, harmless, to 1. */
  readonly score: number;
  readonly labels: readonly string[];
}

/** Whoever says how bad a text is. */
export interface Model {
  readonly name: string;
  /**
   * Answers within the time it is given, in milliseconds of the clock that `wait` waits on.
   * @throws {Error} when it cannot say, or not in time.
   */
  score(
    content: { readonly contentId: string; readonly text: string },
    limits: Pick<StageContext, 'wait' | 'signal'> & { readonly timeoutMs: number },
  ): Promise<Score>;
}

/**
 * Asks the model, for half a second. When it does not answer, a person is asked in its place; when it has not five times in a
 * row, it is left alone for a minute, and nobody waits for it.
 */
export const scoreStage = (
  model: Model,
  clock: Clock,
): Stage<ModerationMessage<'ContentPassed'>, ModerationMessage<'ContentScored'>> => {
  const breaker = new CircuitBreaker({ clock });
  return {
    name: 'score',
    accepts: ['ContentPassed'],
    async handle({ data: { contentId, authorId, text, reach } }, { next, wait, signal }) {
      const about = { contentId, authorId, reach, model: model.name };
      const nobody = [next(messages.ContentScored, { score: null, labels: [], ...about })];
      const permit = breaker.enter();
      if (permit === undefined) return nobody;
      try {
        const limits = { timeoutMs: rules.modelTimeoutMs, wait, signal };
        const { score, labels } = await model.score({ contentId, text }, limits);
        breaker.succeeded(permit);
        return [next(messages.ContentScored, { score, labels, ...about })];
      } catch {
        breaker.failed(permit);
        return nobody;
      }
    },
  };
};
