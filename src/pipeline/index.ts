export { divergences } from './divergences.ts';
export { type Complaint, type PipelineMessage, type PipelineMessages, pipelineMessages } from './messages.ts';
export { createPipeline } from './pipeline.ts';
export { type AuditLog, type AuditRecord, auditStage } from './stages/audit.ts';
export { routeStage } from './stages/route.ts';
export { type Check, validateStage } from './stages/validate.ts';
