import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Bars } from '../../report/index.ts';
import type { Analytics, Board } from './award.ts';
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

/** Of each item how hard it is, and of its lesson how many have done it. */
export const itemTable = ({ lessons, quizzes, wrong }: Analytics): FlowTable => ({
  title: 'Lessons and the items about them',
  columns: ['lesson', 'done by', 'item', 'right', 'of', 'p'],
  rows: lessonIds.flatMap((lesson) =>
    course.items.flatMap((item, index) => {
      if (item.lesson !== lesson) return [];
      const right = quizzes - (wrong[String(index + 1)] ?? 0);
      const share = quizzes === 0 ? '' : (right / quizzes).toFixed(2);
      return [
        [lesson, String(lessons[lesson] ?? 0), String(index + 1), String(right), String(quizzes), share],
      ];
    }),
  ),
});
