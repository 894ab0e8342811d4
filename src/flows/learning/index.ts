/**
 * A school: lessons that build on each other, a quiz, points, and a signed certificate that is sent once.
 *
 * @example
 * ```ts
 * import { learningFlow } from './src/flows/learning/index.ts';
 *
 * console.log(learningFlow.name, learningFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { learningMessages } from './messages.ts';
import { prepareLearning } from './run.ts';
import { typedSteps } from './typed.ts';

export const learningFlow: Flow = {
  name: 'learning',
  does: 'a school: lessons that build on each other, a quiz, review cards, a leaderboard, signed certificates by mail',
  shows: 'prerequisites as state; derived documents, the same when they are made again',
  catalogue: learningMessages,
  beginsAtMs,
  columns,
  typed: typedSteps,
  prepare: prepareLearning,
};
