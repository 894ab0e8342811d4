import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAtMs } from '../../../src/flows/learning/input.ts';
import type { LearningRow } from '../../../src/flows/learning/row.ts';
import type { BusName } from '../a-life.ts';
import { playRows } from './a-school.ts';
import { naiveDiscrimination, naiveReviews, naiveSchool } from './oracle.ts';

const learner = fc.constantFrom(...Array.from({ length: 13 }, (_, index) => `l${index + 1}`));
const few = fc.constantFrom('l1', 'l2', 'l3');

const dayMs = 24 * 60 * 60_000;
/** Days, so that there is something to forget. */
const afterMs = fc.constantFrom(1000, 1000, 1000, dayMs / 3, dayMs, 7 * dayMs, 60 * dayMs);

const stepOf = (who: fc.Arbitrary<string>) =>
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({
        afterMs,
        action: fc.constant('enrol' as const),
        learnerId: who,
        detail: fc.constant(''),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        afterMs,
        action: fc.constant('lesson' as const),
        learnerId: who,
        detail: fc.constantFrom('L1', 'L2', 'L3', 'L4', 'L5', 'toString'),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        afterMs,
        action: fc.constant('quiz' as const),
        learnerId: who,
        detail: fc.constantFrom('badc', 'badd', 'bbbb', 'aabc', 'bad', 'cdab'),
      }),
    },
  );

const enrolAll = Array.from({ length: 13 }, (_, index) => ({
  afterMs: 1000,
  action: 'enrol' as const,
  learnerId: `l${index + 1}`,
  detail: '',
}));

/** One after the other. */
function inOrder(
  steps: readonly (Omit<LearningRow, 'atMs'> & { readonly afterMs: number })[],
): readonly LearningRow[] {
  let atMs = beginsAtMs;
  return steps.map(({ afterMs, ...step }) => {
    atMs += afterMs;
    return { ...step, atMs };
  });
}

/** A few who get far, or many for a board that is too short for all. */
const rows = fc.oneof(
  fc.array(stepOf(few), { minLength: 1, maxLength: 60 }).map(inOrder),
  fc.array(stepOf(few), { minLength: 20, maxLength: 60 }).map((steps) => inOrder([...enrolAll, ...steps])),
  fc
    .array(stepOf(learner), { minLength: 30, maxLength: 80 })
    .map((steps) => inOrder([...enrolAll, ...steps])),
);

async function agree(busName: BusName, steps: readonly LearningRow[]): Promise<void> {
  const { report, said, mails } = await playRows(busName, steps, {
    // What is printed is of no interest here.
    print: async ({ certificateId }) => new TextEncoder().encode(certificateId),
  });
  const of = (type: string) => said.filter((each) => each.type === type).map(({ data }) => data);
  const { learners, board, items, reviews } = report.data as {
    learners: readonly { learnerId: string; points: number }[];
    board: unknown;
    items: readonly { item: number; graded: number; right: number; discrimination: number | null }[];
    reviews: readonly { learnerId: string; item: number; on: string }[];
  };
  const expected = naiveSchool(steps);

  expect(
    Object.fromEntries(
      learners.flatMap(({ learnerId, points }) => (points > 0 ? [[learnerId, points]] : [])),
    ),
  ).toEqual(expected.points);
  expect(board).toEqual(expected.board);
  expect(
    of('CertificateIssued')
      .map(({ learnerId }) => learnerId)
      .sort(),
  ).toEqual(expected.passed);
  expect(mails).toHaveLength(expected.passed.length);
  expect(of('LessonRejected').length + of('QuizRejected').length).toBe(expected.refused);
  for (const { item, graded, right, discrimination } of items) {
    expect([item, graded, right]).toEqual([
      item,
      expected.graded,
      expected.graded - (expected.wrong[item] ?? 0),
    ]);
    const naive = naiveDiscrimination(expected.quizzes, item);
    if (naive === null) expect(discrimination).toBeNull();
    else expect(discrimination).toBeCloseTo(naive, 9);
  }
  const inTurn = naiveReviews(expected.quizzes).map((review) => JSON.stringify(review));
  expect(reviews.map((review) => JSON.stringify(review)).sort()).toEqual(inTurn.sort());
  expect(reviews.map(({ on }) => on)).toEqual(reviews.map(({ on }) => on).sort());
  // Progress never falls.
  const far = new Map<string, number>();
  for (const { learnerId, done } of of('ProgressUpdated')) {
    expect(done).toBeGreaterThan(far.get(learnerId) ?? 0);
    far.set(learnerId, done);
  }
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
}

test('whatever learners do, points, board and certificates are as a look at all of it has them', async () => {
  await fc.assert(
    fc.asyncProperty(rows, (steps) => agree('in-memory', steps)),
    { numRuns: 150, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(rows, (steps) => agree('durable', steps)),
    { numRuns: 12, seed: 2 },
  );
});
