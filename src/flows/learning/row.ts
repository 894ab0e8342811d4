export const actions = ['enrol', 'lesson', 'quiz'] as const;

/** Something that a learner does. */
export interface LearningRow {
  readonly atMs: number;
  readonly action: (typeof actions)[number];
  readonly learnerId: string;
  /** Of `lesson` which one, of `quiz` the answers, a letter each; of `enrol` nothing. */
  readonly detail: string;
}
