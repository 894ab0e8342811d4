import type { LearningRow } from '../../../src/flows/learning/row.ts';

const before: Readonly<Record<string, readonly string[]>> = { L1: [], L2: ['L1'], L3: ['L2'], L4: ['L2'] };
const key = 'badc';

/** The course, from a look at all that was done before, for each step anew. */
export function naiveSchool(rows: readonly LearningRow[]) {
  const done: { readonly learnerId: string; readonly lesson: string }[] = [];
  const quizzes: { readonly learnerId: string; readonly right: number }[] = [];
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
  for (const [step, { action, learnerId, detail }] of rows.entries()) {
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
      const right = [...detail].filter((letter, index) => letter === key[index]).length;
      for (const [index, letter] of [...detail].entries())
        if (letter !== key[index]) wrong[index + 1] = (wrong[index + 1] ?? 0) + 1;
      const isFirst = !quizzes.some((each) => each.learnerId === learnerId);
      quizzes.push({ learnerId, right });
      if (right < 3 || passed.includes(learnerId)) continue;
      passed.push(learnerId);
      award(learnerId, isFirst ? 70 : 50, step);
    }
  }
  const board = Object.entries(points)
    .sort(([one, a], [other, b]) => b - a || (since[one] ?? 0) - (since[other] ?? 0))
    .slice(0, 10)
    .map(([learnerId, total]) => ({ learnerId, total }));
  return { points, board, passed: passed.sort(), refused, graded: quizzes.length, wrong };
}
