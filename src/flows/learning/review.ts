import { type Card, createEmptyCard, fsrs, Rating } from 'ts-fsrs';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { lessonOf } from './course.ts';
import { type LearningMessage, learningMessages as messages } from './messages.ts';

/** What FSRS knows of a learner's memory of an item; times are ISO 8601. */
export interface ReviewCard extends Omit<Card, 'due' | 'last_review'> {
  /** From 1. */
  readonly item: number;
  readonly due: string;
  readonly last_review: string;
}

/** Of a learner, in the order in which they were made. */
export type ReviewCards = readonly ReviewCard[];

/** Whole days, for there is a quiz and no lesson of minutes; no fuzz, so that the same answers have the same dates. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

/**
 * The card after an answer, due when the item is about to be forgotten: nine of ten would still know it then.
 * @param before Undefined: there is none yet.
 * @param atIso When it was answered; not before the answer that the card knows of.
 */
export function reviewed(
  before: ReviewCard | undefined,
  { item, isRight, atIso }: { readonly item: number; readonly isRight: boolean; readonly atIso: string },
): ReviewCard {
  const at = new Date(atIso);
  const { card } = scheduler.next(before ?? createEmptyCard(at), at, isRight ? Rating.Good : Rating.Again);
  return { ...card, item, due: card.due.toISOString(), last_review: atIso };
}

/**
 * Spaced repetition: what was wrong becomes a card, and each quiz after that reviews it. The sooner it is forgotten, the sooner
 * it comes again.
 */
export const reviewStage: Stage<
  LearningMessage<'QuizGraded'>,
  LearningMessage<'ReviewScheduled'>,
  ReviewCards
> = {
  name: 'review',
  accepts: ['QuizGraded'],
  state: { initial: () => [] },
  handle({ time, data: { learnerId, wrongItems } }, { state, next }) {
    const cards = state.get();
    const isCard = (item: number): boolean => cards.some((card) => card.item === item);
    const items = [...cards.map(({ item }) => item), ...wrongItems.filter((item) => !isCard(item))];
    if (items.length === 0) return [];
    const after = items.map((item, index) =>
      reviewed(cards[index], { item, isRight: !wrongItems.includes(item), atIso: time }),
    );
    state.set(after);
    return after.map(({ item, due }) =>
      next(messages.ReviewScheduled, { learnerId, item, lesson: lessonOf(item), dueAt: due }),
    );
  },
};
