import { captureEmail } from '../../src/delivery/index.ts';
import { type Board, congratulationOf, ranked } from '../../src/flows/learning/award.ts';
import { certificateOf, digestOf, pdfOf, sampleSigner } from '../../src/flows/learning/certificate.ts';
import { course, lessonIds, nextLesson } from '../../src/flows/learning/course.ts';
import { readRows } from '../../src/flows/learning/input.ts';
import type { LearningRow } from '../../src/flows/learning/row.ts';
import { graded, whyNoLesson, whyNoQuiz } from '../../src/flows/learning/study.ts';
import { seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { createTemplates } from '../../src/notifications/index.ts';
import type { Measured } from '../measure.ts';
import { mailer } from './naive-mailer.ts';
import { timed } from './timed.ts';

const newcomer = (learnerId: string) => ({
  learnerId,
  isEnrolled: false,
  lessons: [] as string[],
  quizzes: 0,
  rejections: 0,
  points: 0,
  certificate: null as string | null,
});

/** The school by itself. A certificate is printed once, and that file is signed and sent; the flow prints it for each of the two. */
export async function learnByLoop(rows: readonly LearningRow[]) {
  const learners = new Map<string, ReturnType<typeof newcomer>>();
  const lessons: Record<string, number> = Object.fromEntries(lessonIds.map((id) => [id, 0]));
  const wrong = course.items.map(() => 0);
  const signer = sampleSigner();
  const channel = captureEmail({ clock: new VirtualClock(0) });
  const directory = new URL('../../src/flows/learning/templates/', import.meta.url);
  const send = mailer(channel, createTemplates({ directory }), course.school);
  let [quizzes, board]: [number, Board] = [0, []];
  for (const { atMs, action, learnerId, detail } of rows) {
    const learner = learners.get(learnerId) ?? newcomer(learnerId);
    learners.set(learnerId, learner);
    const award = (points: number): void => {
      learner.points += points;
      board = ranked(board, { learnerId, total: learner.points }).board;
    };
    const answers = [...detail];
    if (action === 'enrol') learner.isEnrolled = true;
    else if (
      (action === 'lesson' ? whyNoLesson(learner, detail) : whyNoQuiz(learner, { answers })) !== undefined
    )
      learner.rejections++;
    else if (action === 'lesson') {
      learner.lessons.push(detail);
      nextLesson(learner.lessons);
      lessons[detail] = (lessons[detail] ?? 0) + 1;
      award(course.points.lesson);
    } else {
      quizzes++;
      learner.quizzes++;
      const { wrongItems, isPassed } = graded(answers);
      for (const item of wrongItems) wrong[item - 1] = (wrong[item - 1] ?? 0) + 1;
      if (!isPassed || learner.certificate !== null) continue;
      award(course.points.pass + (learner.quizzes === 1 ? course.points.firstTry : 0));
      const certificate = certificateOf(learnerId, new Date(atMs).toISOString());
      const file = pdfOf(certificate);
      const issued = { ...certificate, digest: digestOf(file), signature: signer.sign(file) };
      await send(congratulationOf(issued, file));
      learner.certificate = certificate.certificateId;
    }
  }
  return {
    learners: [...learners.values()].map(({ isEnrolled: _, lessons: done, ...learner }) => ({
      ...learner,
      done: done.length,
    })),
    board,
    items: wrong.map((count, index) => ({ item: index + 1, graded: quizzes, right: quizzes - count })),
    lessons,
    certificates: channel.outbox.count,
  };
}

export async function naiveLearning(count: number): Promise<Measured> {
  const rows = await readRows({ kind: 'load', count }, seededRandom(1));
  return timed(rows.length, () => learnByLoop(rows));
}
