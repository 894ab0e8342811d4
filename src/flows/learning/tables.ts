import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Bars } from '../../report/index.ts';
import { type Analytics, itemAnalysis } from './analytics.ts';
import type { Board } from './award.ts';
import { course, lessonIds } from './course.ts';

type FlowTable = FlowReport['tables'][number];

export interface Learner {
  readonly learnerId: string;
  readonly done: number;
  readonly percent: number;
  readonly quizzes: number;
  readonly rejections: number;
  readonly points: number;
  /** Its id; null: none. */
  readonly certificate: string | null;
}

/** No list on a screen is longer. */
const longestList = 15;

export const boardBars = (board: Board): Bars => ({
  kind: 'bars',
  caption: 'Leaderboard',
  unit: 'points',
  bars: board.map(({ learnerId, total }, index) => ({ name: `${index + 1}. ${learnerId}`, value: total })),
});

export const learnerTable = (learners: readonly Learner[]): FlowTable => ({
  title: learners.length > longestList ? `Learners (${longestList} of ${learners.length})` : 'Learners',
  columns: ['learner', 'progress', 'quizzes', 'refused', 'points', 'certificate'],
  rows: learners
    .slice(0, longestList)
    .map(({ learnerId, percent, quizzes, rejections, points, certificate }) => [
      learnerId,
      `${percent} %`,
      String(quizzes),
      String(rejections),
      String(points),
      certificate ?? '',
    ]),
});

/** Whom an item is asked again, and when: a card of a learner. */
export interface Review {
  readonly learnerId: string;
  readonly item: number;
  readonly lesson: string;
  /** How often it was answered since it was wrong, that time among them, and how often wrong. */
  readonly answers: number;
  readonly wrong: number;
  /** A day in UTC: `2026-03-04`. */
  readonly on: string;
}

/** Of the cards those that come first. */
export const reviewTable = (reviews: readonly Review[]): FlowTable => ({
  title: reviews.length > longestList ? `Reviews (${longestList} of ${reviews.length})` : 'Reviews',
  columns: ['learner', 'item', 'lesson', 'answers', 'wrong', 'review on'],
  rows: reviews
    .slice(0, longestList)
    .map(({ learnerId, item, lesson, answers, wrong, on }) => [
      learnerId,
      String(item),
      lesson,
      String(answers),
      String(wrong),
      on,
    ]),
});

const decimals = (value: number | null): string => value?.toFixed(2) ?? '';

/** Of each item how hard it is and how well it tells who knows, and of its lesson how many have done it. */
export const itemTable = (counts: Analytics): FlowTable => ({
  title: 'Lessons and the items about them',
  columns: ['lesson', 'done by', 'item', 'right', 'of', 'p', 'discrimination'],
  rows: lessonIds.flatMap((lesson) =>
    course.items.flatMap((item, index) => {
      if (item.lesson !== lesson) return [];
      const { right, graded, difficulty, discrimination } = itemAnalysis(counts, index + 1);
      const done = String(counts.lessons[lesson] ?? 0);
      const shares = [decimals(difficulty), decimals(discrimination)];
      return [[lesson, done, String(index + 1), String(right), String(graded), ...shares]];
    }),
  ),
});
