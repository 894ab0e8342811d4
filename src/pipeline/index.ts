export {
  type Complaint,
  type NotificationRequest,
  notificationRequestSchema,
  type PipelineMessage,
  type PipelineMessages,
  pipelineMessages,
  priorities,
} from './messages.ts';
export { createRequestPipeline, type RequestPipelineOptions, submission } from './request-pipeline.ts';
export {
  MessageRefusedError,
  Pipeline,
  type PipelineOptions,
  type PipelineSettings,
  type PipelineStatistics,
  type Stage,
  type StageContext,
  type StageStatistics,
  type StoredMessage,
} from './runtime/index.ts';
export type { AuditLog, AuditRecord } from './stages/audit.ts';
