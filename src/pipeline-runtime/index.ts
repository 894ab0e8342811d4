/**
 * Stages over a bus, for any flow: functions from a message to messages, and a {@link Pipeline} that runs them,
 * with retries, a time limit, a circuit breaker, state, timers, sagas, limits on hops and messages, and statistics. What the messages say is the flow's own affair.
 *
 * @example
 * ```ts
 * import type { Message } from './src/events/index.ts';
 * import type { Stage } from './src/pipeline-runtime/index.ts';
 *
 * type Noted = Message<'Noted', { readonly text: string; readonly hops: number }>;
 * const shelf: string[] = [];
 * const keep: Stage<Noted, never> = {
 *   name: 'keep',
 *   accepts: ['Noted'],
 *   handle({ data }) {
 *     shelf.push(data.text);
 *     return [];
 *   },
 * };
 * console.log(keep.name, shelf.length);
 * ```
 */
export type { StoredMessage } from './dead-letter-store.ts';
export { HandlerTimeoutError, MessageRefusedError } from './errors.ts';
export { entryOf, type FlowEntry, feed, feedInOrder } from './feed.ts';
export {
  type AskedForm,
  type Flow,
  type FlowInput,
  type FlowReport,
  type FlowWorld,
  type OpenFlow,
  playFlow,
  type TypedForm,
} from './flow.ts';
export { keptBy } from './kept-by.ts';
export { Pipeline, type PipelineOptions, type PipelineStatistics } from './pipeline.ts';
export { finishInHand, playOut } from './play-out.ts';
export {
  again,
  done,
  failed,
  type SagaDefinition,
  type SagaState,
  sagaAlarm,
  undo,
  unknown,
} from './saga.ts';
export { sagaStage } from './saga-stage.ts';
export { isStuck, sagaOf, sagasOf } from './sagas.ts';
export type { PipelineSettings } from './settings.ts';
export type { Stage, StageContext } from './stage.ts';
export type { StageStatistics } from './statistics.ts';
