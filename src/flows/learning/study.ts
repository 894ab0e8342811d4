import type { Stage } from '../../pipeline-runtime/index.ts';
import { course, lessonIds, lessonOf, nextLesson } from './course.ts';
import { type LearningMessage, learningMessages as messages, type Rejection } from './messages.ts';

export interface Studied {
  readonly isEnrolled: boolean;
  readonly lessons: readonly string[];
  readonly quizzes: number;
  readonly rejections: number;
}

type In = LearningMessage<'LearnerEnrolled' | 'LessonCompleted' | 'QuizSubmitted'>;
type Out = LearningMessage<'LessonAccepted' | 'LessonRejected' | 'QuizAccepted' | 'QuizRejected'>;

/** Lets in what a learner may do by now, each lesson once. */
export const validateStage: Stage<In, Out, Studied> = {
  name: 'validate',
  accepts: ['LearnerEnrolled', 'LessonCompleted', 'QuizSubmitted'],
  state: { initial: () => ({ isEnrolled: false, lessons: [], quizzes: 0, rejections: 0 }) },
  handle({ type, data }, { state, next }) {
    const studied = state.get();
    const { learnerId } = data;
    if (type === 'LearnerEnrolled') {
      state.set({ ...studied, isEnrolled: true });
      return [];
    }
    const reason =
      type === 'LessonCompleted' ? whyNoLesson(studied, data.lessonId) : whyNoQuiz(studied, data);
    if (reason !== undefined) {
      state.set({ ...studied, rejections: studied.rejections + 1 });
      return type === 'LessonCompleted'
        ? [next(messages.LessonRejected, { learnerId, lessonId: data.lessonId, reason })]
        : [next(messages.QuizRejected, { learnerId, reason })];
    }
    if (type === 'LessonCompleted') {
      state.set({ ...studied, lessons: [...studied.lessons, data.lessonId] });
      return [next(messages.LessonAccepted, data)];
    }
    const attempt = studied.quizzes + 1;
    state.set({ ...studied, quizzes: attempt });
    return [next(messages.QuizAccepted, { ...data, attempt })];
  },
};

type Known = Pick<Studied, 'isEnrolled' | 'lessons'>;

export function whyNoLesson({ isEnrolled, lessons }: Known, lessonId: string): Rejection | undefined {
  if (!isEnrolled) return 'not_enrolled';
  const before = Object.hasOwn(course.lessons, lessonId) ? course.lessons[lessonId] : undefined;
  if (before === undefined) return 'unknown_lesson';
  if (lessons.includes(lessonId)) return 'already_completed';
  return before.every((each) => lessons.includes(each)) ? undefined : 'prerequisite_missing';
}

export function whyNoQuiz(
  { isEnrolled, lessons }: Known,
  { answers }: Pick<LearningMessage<'QuizSubmitted'>['data'], 'answers'>,
): Rejection | undefined {
  if (!isEnrolled) return 'not_enrolled';
  if (lessons.length < lessonIds.length) return 'lessons_missing';
  return answers.length === course.items.length ? undefined : 'wrong_number_of_answers';
}

/** Says which answers are wrong. */
export const gradeStage: Stage<LearningMessage<'QuizAccepted'>, LearningMessage<'QuizGraded'>> = {
  name: 'grade',
  accepts: ['QuizAccepted'],
  handle: ({ data: { learnerId, answers, attempt } }, { next }) => [
    next(messages.QuizGraded, { learnerId, attempt, ...graded(answers) }),
  ],
};

/** Items are numbered from 1. */
export function graded(answers: readonly string[]) {
  const wrongItems = course.items.flatMap(({ answer }, index) =>
    answers[index] === answer ? [] : [index + 1],
  );
  const { length: all } = course.items;
  const score = all - wrongItems.length;
  return { score, of: all, wrongItems, isPassed: score / all >= course.passShare };
}

/** Sends a learner to the lessons of what was wrong. */
export const feedbackStage: Stage<
  LearningMessage<'QuizGraded'>,
  LearningMessage<'FeedbackGiven' | 'NextLessonSuggested'>
> = {
  name: 'feedback',
  accepts: ['QuizGraded'],
  handle({ data: { learnerId, wrongItems } }, { next }) {
    const lessons = [...new Set(wrongItems.map(lessonOf))];
    const [first] = lessons;
    if (first === undefined) return [];
    return [
      next(messages.FeedbackGiven, { learnerId, wrongItems, lessons }),
      next(messages.NextLessonSuggested, { learnerId, next: first }),
    ];
  },
};

export interface Progress {
  readonly done: readonly string[];
  readonly completedAt: string | null;
}

/** How far a learner is; the course is completed once, with all lessons and a quiz that is passed. */
export const progressStage: Stage<
  LearningMessage<'LessonAccepted' | 'QuizGraded'>,
  LearningMessage<'ProgressUpdated' | 'NextLessonSuggested' | 'CourseCompleted'>,
  Progress
> = {
  name: 'progress',
  accepts: ['LessonAccepted', 'QuizGraded'],
  state: { initial: () => ({ done: [], completedAt: null }) },
  handle({ type, time, data }, { state, next }) {
    const progress = state.get();
    const { learnerId } = data;
    if (type === 'LessonAccepted') {
      const done = [...progress.done, data.lessonId];
      state.set({ ...progress, done });
      return [
        next(messages.ProgressUpdated, { learnerId, done: done.length, of: lessonIds.length }),
        next(messages.NextLessonSuggested, { learnerId, next: nextLesson(done) ?? 'quiz' }),
      ];
    }
    if (!data.isPassed || progress.completedAt !== null) return [];
    state.set({ ...progress, completedAt: time });
    return [next(messages.CourseCompleted, { learnerId, attempt: data.attempt, completedAt: time })];
  },
};
