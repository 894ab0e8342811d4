/**
 * Stages over a bus, for any flow: functions from a message to messages, and a {@link Pipeline} that runs them,
 * with failure modes, a time limit, a hop limit and statistics. What the messages say is the flow's own affair.
 */
export { HandlerTimeoutError, MessageRefusedError } from './errors.ts';
export { Pipeline, type PipelineOptions, type PipelineStatistics, type StoredMessage } from './pipeline.ts';
export type { PipelineSettings } from './settings.ts';
export type { Stage, StageContext } from './stage.ts';
export type { StageStatistics } from './statistics.ts';
