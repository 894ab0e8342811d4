import { InputError } from '../../kernel/index.ts';
import type { TypedForm } from '../../pipeline-runtime/index.ts';
import { entryOfRow, rowOf } from './input.ts';
import type { LearningRow } from './row.ts';

const formOf = (action: LearningRow['action'], places: string, does: string): TypedForm => ({
  form: `${action} ${places}`,
  does,
  read([learner = '', detail = ''], { nowMs, number }) {
    const row = rowOf({ at: new Date(nowMs).toISOString(), action, learner_id: learner, detail });
    if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
    return [entryOfRow(row, `line ${number}`)];
  },
});

/** What a person may say at the school. */
export const typedSteps: readonly TypedForm[] = [
  formOf('enrol', 'WHO', 'begins the course'),
  formOf('lesson', 'WHO LESSON', 'has done a lesson: L1 to L4'),
  formOf('quiz', 'WHO ANSWERS', 'answers the quiz, a letter for each item, such as badc'),
];
