import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import { type Analytics, analyticsKey, itemAnalysis, nothingYet } from './analytics.ts';
import { type Board, boardKey, type Points } from './award.ts';
import { certificateOf } from './certificate.ts';
import { course, lessonIds, lessonOf } from './course.ts';
import type { LearningMessages } from './messages.ts';
import type { ReviewCards } from './review.ts';
import type { Progress, Studied } from './study.ts';
import { boardBars, itemTable, type Learner, learnerTable, type Review, reviewTable } from './tables.ts';

/** How the learners are, and whether it adds up. */
export async function reportOf(pipeline: Pipeline<LearningMessages>, count: number): Promise<FlowReport> {
  const studied = await keptBy<Studied>(pipeline, 'validate');
  const progress = await keptBy<Progress>(pipeline, 'progress');
  const points = await keptBy<Points>(pipeline, 'points');
  const board = ((await pipeline.stateOf('leaderboard', boardKey)) ?? []) as Board;
  const counts = ((await pipeline.stateOf('analytics', analyticsKey)) ?? nothingYet) as Analytics;
  const learners = [...studied].map(([learnerId, { quizzes, rejections }]): Learner => {
    const { done, completedAt } = progress.get(learnerId) ?? { done: [], completedAt: null };
    const certificate = completedAt === null ? null : certificateOf(learnerId, completedAt).certificateId;
    const total = points.get(learnerId)?.total ?? 0;
    const percent = Math.round((done.length * 100) / lessonIds.length);
    return { learnerId, done: done.length, percent, quizzes, rejections, points: total, certificate };
  });
  const reviews = reviewsOf(await keptBy<ReviewCards>(pipeline, 'review'));
  const wrong = Object.values(counts.wrong).reduce((sum, each) => sum + each, 0);
  const totals = [...points.values()].map(({ total }) => total);
  const lessons = Object.values(counts.lessons).reduce((sum, each) => sum + each, 0);
  const certified = learners.filter(({ certificate }) => certificate !== null).length;
  const { lesson, pass, firstTry } = course.points;
  return {
    count,
    statistics: pipeline.statistics(),
    pictures: [boardBars(board)],
    tables: [learnerTable(learners), reviewTable(reviews), itemTable(counts)],
    checks: [
      {
        words: 'points are those of the lessons, the courses, and who passed at once',
        holds:
          totals.reduce((sum, each) => sum + each, 0) ===
          lesson * lessons + pass * counts.completed + firstTry * counts.atFirstTry,
      },
      {
        words: `who has a certificate (${certified}) has done all lessons, and who has passed has one`,
        holds:
          certified === counts.completed &&
          learners.every(({ certificate, done }) => certificate === null || done === lessonIds.length),
      },
      {
        words: `each certificate was sent to its learner (${counts.mailsSent})`,
        holds: counts.mailsSent === certified,
      },
      {
        words: 'the leaderboard has the most points of all',
        holds:
          board.map(({ total }) => total).join() ===
          totals
            .sort((one, other) => other - one)
            .slice(0, board.length)
            .join(),
      },
      {
        words: `each wrong answer (${wrong}) is on a card that says when to review it`,
        holds: wrong === reviews.reduce((sum, review) => sum + review.wrong, 0),
      },
    ],
    data: {
      learners,
      board,
      reviews,
      items: course.items.map((_, index) => ({ item: index + 1, ...itemAnalysis(counts, index + 1) })),
      lessons: Object.fromEntries(lessonIds.map((id) => [id, counts.lessons[id] ?? 0])),
      certificates: certified,
    },
  };
}

/** All cards, those that come first before others; of one day, by learner and item. */
const reviewsOf = (cards: ReadonlyMap<string, ReviewCards>): readonly Review[] =>
  [...cards]
    .flatMap(([learnerId, own]) =>
      own.map(
        ({ item, due, reps, lapses }): Review => ({
          learnerId,
          item,
          lesson: lessonOf(item),
          answers: reps,
          // That for which it was made is none that FSRS counts as a lapse.
          wrong: lapses + 1,
          on: due.slice(0, 10),
        }),
      ),
    )
    .sort(
      (one, other) =>
        compare(one.on, other.on) || compare(one.learnerId, other.learnerId) || one.item - other.item,
    );

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
