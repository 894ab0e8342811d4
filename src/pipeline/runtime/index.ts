export { HandlerTimeoutError, MessageRefusedError } from './errors.ts';
export { Pipeline, type PipelineOptions, type PipelineStatistics, type StoredMessage } from './pipeline.ts';
export type { PipelineSettings } from './settings.ts';
export type { Stage, StageContext } from './stage.ts';
export type { StageStatistics } from './statistics.ts';
