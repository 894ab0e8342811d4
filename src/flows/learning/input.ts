import { fileURLToPath } from 'node:url';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { course, lessonIds } from './course.ts';
import { learningMessages as messages } from './messages.ts';
import { actions, type LearningRow } from './row.ts';

export const columns = ['at', 'action', 'learner_id', 'detail'] as const;
export const beginsAtMs = Date.parse('2026-03-02T08:00:00Z');

const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly LearningRow[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random);
  const file = input.kind === 'file' ? input.file : sample;
  return readTable<(typeof columns)[number], LearningRow>(file, { columns, rowOf });
}

export const entriesOf = (rows: readonly LearningRow[]): readonly FlowEntry[] =>
  rows.map((row, index) => entryOfRow(row, `row ${index + 1}`));

export function entryOfRow({ atMs, action, learnerId, detail }: LearningRow, place: string): FlowEntry {
  const of = { learnerId, hops: 0 };
  const at = { atMs, place };
  if (action === 'enrol') return entryOf(messages.LearnerEnrolled, of, at);
  return action === 'lesson'
    ? entryOf(messages.LessonCompleted, { ...of, lessonId: detail }, at)
    : entryOf(messages.QuizSubmitted, { ...of, answers: [...detail] }, at);
}

const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

export function rowOf(cells: Readonly<Record<(typeof columns)[number], string>>): LearningRow | string {
  const { at, learner_id: learnerId, detail } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (!(atMs >= 0))
    return `at is no time in UTC since 1970, such as 2026-03-02T08:00:00Z: ${JSON.stringify(at)}`;
  const action = actions.find((each) => each === cells.action);
  if (action === undefined) return `action is none of ${actions.join(', ')}: ${JSON.stringify(cells.action)}`;
  if (!word.test(learnerId))
    return `learner_id is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(learnerId)}`;
  if (action === 'enrol' && detail !== '') return `detail of enrol is not empty: ${JSON.stringify(detail)}`;
  if (action === 'lesson' && !word.test(detail))
    return `detail of lesson is no lesson such as L1: ${JSON.stringify(detail)}`;
  if (action === 'quiz' && !/^[a-z]{1,50}$/.test(detail))
    return `detail of quiz is no answers such as badc: ${JSON.stringify(detail)}`;
  return { atMs, action, learnerId, detail };
}

/** A thousand steps a second: learners enrol, do their lessons and the quiz; one in ten gives up, one in three gets an item wrong. */
function generated(count: number, random: Random): readonly LearningRow[] {
  const rows: LearningRow[] = [];
  const right = course.items.map(({ answer }) => answer).join('');
  for (let learner = 1; rows.length < count; learner++) {
    const learnerId = `learner-${learner}`;
    const add = (action: LearningRow['action'], detail: string): void =>
      void rows.push({ atMs: beginsAtMs + rows.length, action, learnerId, detail });
    add('enrol', '');
    const lessons = random.next() < 0.1 ? lessonIds.slice(0, 1) : lessonIds;
    for (const lesson of lessons) add('lesson', lesson);
    add('quiz', random.next() < 0.3 ? `z${right.slice(1)}` : right);
  }
  return rows.slice(0, count);
}
