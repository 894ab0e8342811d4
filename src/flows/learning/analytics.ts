import type { Stage } from '../../pipeline-runtime/index.ts';
import type { LearningMessage } from './messages.ts';

export interface Analytics {
  /** Lesson → how many have done it. */
  readonly lessons: Readonly<Record<string, number>>;
  readonly quizzes: number;
  /** Of their scores, the sum and the sum of the squares. */
  readonly scores: { readonly sum: number; readonly squares: number };
  /** Item → how often it was wrong. */
  readonly wrong: Readonly<Record<string, number>>;
  /** Item → the sum of the scores of the quizzes in which it was. */
  readonly wrongScores: Readonly<Record<string, number>>;
  readonly completed: number;
  readonly atFirstTry: number;
  readonly mailsSent: number;
}

export const analyticsKey = 'course';
export const nothingYet: Analytics = {
  lessons: {},
  quizzes: 0,
  scores: { sum: 0, squares: 0 },
  wrong: {},
  wrongScores: {},
  completed: 0,
  atFirstTry: 0,
  mailsSent: 0,
};

/** Counts how lessons and items do. */
export const analyticsStage: Stage<
  LearningMessage<'LessonAccepted' | 'QuizGraded' | 'CourseCompleted' | 'CongratulationEnded'>,
  never,
  Analytics
> = {
  name: 'analytics',
  accepts: ['LessonAccepted', 'QuizGraded', 'CourseCompleted', 'CongratulationEnded'],
  concurrency: 1,
  state: { initial: () => nothingYet, key: () => analyticsKey },
  handle({ type, data }, { state }) {
    const counts = state.get();
    if (type === 'LessonAccepted')
      state.set({ ...counts, lessons: plus(counts.lessons, [data.lessonId], 1) });
    else if (type === 'QuizGraded')
      state.set({
        ...counts,
        quizzes: counts.quizzes + 1,
        scores: {
          sum: counts.scores.sum + data.score,
          squares: counts.scores.squares + data.score ** 2,
        },
        wrong: plus(counts.wrong, data.wrongItems, 1),
        wrongScores: plus(counts.wrongScores, data.wrongItems, data.score),
      });
    else if (type === 'CourseCompleted')
      state.set({
        ...counts,
        completed: counts.completed + 1,
        atFirstTry: counts.atFirstTry + (data.attempt === 1 ? 1 : 0),
      });
    else if (data.isSent) state.set({ ...counts, mailsSent: counts.mailsSent + 1 });
    return [];
  },
};

const plus = (
  counts: Readonly<Record<string, number>>,
  names: readonly (string | number)[],
  more: number,
): Readonly<Record<string, number>> => ({
  ...counts,
  ...Object.fromEntries(names.map((name) => [name, (counts[name] ?? 0) + more])),
});

/** How an item does. */
export interface ItemAnalysis {
  /** In how many quizzes it was graded, and in how many it was right. */
  readonly graded: number;
  readonly right: number;
  /** The share that was right; null: there is none yet. */
  readonly difficulty: number | null;
  /**
   * Whether who knows the item knows the others: the correlation of being right with the score of the other items, from -1
   * to 1. Null where one of the two never differs.
   */
  readonly discrimination: number | null;
}

/** Of an item, from 1. From whole numbers, so that it is the same in whatever order they were counted. */
export function itemAnalysis({ quizzes, scores, wrong, wrongScores }: Analytics, item: number): ItemAnalysis {
  const right = quizzes - (wrong[item] ?? 0);
  /** Of the whole scores where it was right; and of the scores of the others, everywhere. */
  const rightScores = scores.sum - (wrongScores[item] ?? 0);
  const others = scores.sum - right;
  const otherSquares = scores.squares - 2 * rightScores + right;
  const spread = Math.sqrt((quizzes * right - right ** 2) * (quizzes * otherSquares - others ** 2));
  const together = quizzes * (rightScores - right) - right * others;
  return {
    graded: quizzes,
    right,
    difficulty: quizzes === 0 ? null : right / quizzes,
    discrimination: spread === 0 ? null : together / spread,
  };
}
