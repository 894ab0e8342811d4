/**
 * What people write, before others read it: filters, a model, people where neither is sure, statements of reasons, appeals.
 *
 * @example
 * ```ts
 * import { moderationFlow } from './src/flows/moderation/index.ts';
 *
 * console.log(moderationFlow.name, moderationFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { moderationMessages } from './messages.ts';
import { prepareModeration } from './run.ts';
import { typedRows } from './typed.ts';

export const moderationFlow: Flow = {
  name: 'moderation',
  does: 'what people write: filters, a model, a queue for people, statements of reasons, strikes, appeals',
  shows: 'a cascade of filters with people in the loop; a model that may be down',
  catalogue: moderationMessages,
  beginsAtMs,
  columns,
  typed: typedRows,
  prepare: prepareModeration,
};
