import { sampleCorrelation } from 'simple-statistics';
import { createEmptyCard, type FSRSHistory, fsrs, Rating } from 'ts-fsrs';
import type { LearningRow } from '../../../src/flows/learning/row.ts';

const before: Readonly<Record<string, readonly string[]>> = { L1: [], L2: ['L1'], L3: ['L2'], L4: ['L2'] };
const key = 'badc';

/** The course, from a look at all that was done before, for each step anew. */
export function naiveSchool(rows: readonly LearningRow[]) {
  const done: { readonly learnerId: string; readonly lesson: string }[] = [];
  const quizzes: Quiz[] = [];
  const enrolled = new Set<string>();
  const points: Record<string, number> = {};
  /** When a learner came to the points that they have. */
  const since: Record<string, number> = {};
  const passed: string[] = [];
  const wrong: Record<string, number> = {};
  let refused = 0;
  const award = (learnerId: string, count: number, step: number): void => {
    points[learnerId] = (points[learnerId] ?? 0) + count;
    since[learnerId] = step;
  };
  for (const [step, { atMs, action, learnerId, detail }] of rows.entries()) {
    const own = done.filter((each) => each.learnerId === learnerId).map(({ lesson }) => lesson);
    if (action === 'enrol') enrolled.add(learnerId);
    else if (!enrolled.has(learnerId)) refused++;
    else if (action === 'lesson') {
      const needed = Object.hasOwn(before, detail) ? before[detail] : undefined;
      if (needed === undefined || own.includes(detail) || needed.some((each) => !own.includes(each))) {
        refused++;
        continue;
      }
      done.push({ learnerId, lesson: detail });
      award(learnerId, 10, step);
    } else {
      if (own.length < 4 || detail.length !== 4) {
        refused++;
        continue;
      }
      const marks = [...detail].map((letter, index) => letter === key[index]);
      const right = sum(marks);
      for (const [index, letter] of [...detail].entries())
        if (letter !== key[index]) wrong[index + 1] = (wrong[index + 1] ?? 0) + 1;
      const isFirst = !quizzes.some((each) => each.learnerId === learnerId);
      quizzes.push({ learnerId, atMs, marks });
      if (right < 3 || passed.includes(learnerId)) continue;
      passed.push(learnerId);
      award(learnerId, isFirst ? 70 : 50, step);
    }
  }
  const board = Object.entries(points)
    .sort(([one, a], [other, b]) => b - a || (since[one] ?? 0) - (since[other] ?? 0))
    .slice(0, 10)
    .map(([learnerId, total]) => ({ learnerId, total }));
  return { points, board, passed: passed.sort(), refused, graded: quizzes.length, wrong, quizzes };
}

/** An accepted quiz, and of each item whether it was right. */
export interface Quiz {
  readonly learnerId: string;
  readonly atMs: number;
  readonly marks: readonly boolean[];
}

const sum = (marks: readonly boolean[]): number => marks.filter(Boolean).length;

/** Of an item, from 1, over all quizzes: its marks against the scores without it; null where one of the two is the same everywhere. */
export function naiveDiscrimination(quizzes: readonly Quiz[], item: number): number | null {
  const own = quizzes.map(({ marks }) => Number(marks[item - 1]));
  const others = quizzes.map(({ marks }) => sum(marks.toSpliced(item - 1, 1)));
  if (new Set(own).size < 2 || new Set(others).size < 2) return null;
  return sampleCorrelation(own, others);
}

/** When each learner reviews which item, from all their answers since they were wrong about it the first time. */
export function naiveReviews(quizzes: readonly Quiz[]) {
  return [...new Set(quizzes.map(({ learnerId }) => learnerId))].flatMap((learnerId) => {
    const own = quizzes.filter((quiz) => quiz.learnerId === learnerId);
    return [1, 2, 3, 4].flatMap((item) => {
      const answers = own.slice(own.findIndex(({ marks }) => !marks[item - 1]));
      if (own.every(({ marks }) => marks[item - 1])) return [];
      const history = answers.map(
        ({ atMs, marks }): FSRSHistory => ({
          rating: marks[item - 1] ? Rating.Good : Rating.Again,
          review: new Date(atMs),
        }),
      );
      const empty = createEmptyCard(new Date(answers[0]?.atMs ?? 0));
      const { collections } = fsrs({ enable_short_term: false }).reschedule(empty, history);
      const wrong = answers.filter(({ marks }) => !marks[item - 1]).length;
      const on = collections.at(-1)?.card.due.toISOString().slice(0, 10);
      return [{ learnerId, item, lesson: `L${item}`, answers: answers.length, wrong, on }];
    });
  });
}
