import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const count = z.int().nonnegative();
const learnerId = z.string().regex(/^[\w.-]{1,64}$/);
const of = { hops: count, learnerId };
const lessonId = z.string().min(1);
/** From 1. */
const items = z.array(z.int().positive()).readonly();
const attempt = z.int().positive();
const completedAt = z.string();

export const rejections = [
  'not_enrolled',
  'unknown_lesson',
  'prerequisite_missing',
  'already_completed',
  'lessons_missing',
  'wrong_number_of_answers',
] as const;

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source: '/flows/learning',
    subject: (said) => (said as unknown as { learnerId: string }).learnerId,
    versions: [z.object({ ...of, ...shape })],
  });

/** All that is said at the school. */
export const learningMessages = {
  LearnerEnrolled: about('LearnerEnrolled', {}),
  LessonCompleted: about('LessonCompleted', { lessonId }),
  QuizSubmitted: about('QuizSubmitted', { answers: z.array(z.string()).readonly() }),
  LessonAccepted: about('LessonAccepted', { lessonId }),
  LessonRejected: about('LessonRejected', { lessonId, reason: z.enum(rejections) }),
  QuizAccepted: about('QuizAccepted', { answers: z.array(z.string()).readonly(), attempt }),
  QuizRejected: about('QuizRejected', { reason: z.enum(rejections) }),
  QuizGraded: about('QuizGraded', {
    score: count,
    of: count,
    wrongItems: items,
    isPassed: z.boolean(),
    attempt,
  }),
  FeedbackGiven: about('FeedbackGiven', { wrongItems: items, lessons: z.array(lessonId).readonly() }),
  /** When an item is to be answered again; ISO 8601. */
  ReviewScheduled: about('ReviewScheduled', {
    item: z.int().positive(),
    lesson: lessonId,
    dueAt: z.string(),
  }),
  ProgressUpdated: about('ProgressUpdated', { done: count, of: count }),
  /** A lesson, or `quiz`. */
  NextLessonSuggested: about('NextLessonSuggested', { next: z.string() }),
  CourseCompleted: about('CourseCompleted', { attempt, completedAt }),
  /** With the SHA-256 of the file, and the signature over it in base64. */
  CertificateIssued: about('CertificateIssued', {
    certificateId: z.string(),
    completedAt,
    digest: z.string(),
    signature: z.string(),
  }),
  PointsAwarded: about('PointsAwarded', { points: z.int().positive(), total: z.int().positive() }),
  LeaderboardChanged: about('LeaderboardChanged', { rank: z.int().positive(), total: z.int().positive() }),
  CongratulationEnded: about('CongratulationEnded', { isSent: z.boolean(), reason: z.string() }),
} as const;

export type LearningMessages = MessagesOf<typeof learningMessages>;
export type LearningMessage<Type extends keyof LearningMessages> = {
  [T in Type]: Message<T, LearningMessages[T]>;
}[Type];
export type Rejection = (typeof rejections)[number];
