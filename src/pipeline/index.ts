/**
 * Requests pass through stages over the bus.
 *
 * @example
 * ```ts
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const world = createWorld({ startMs: 0, architecture: 'pipeline' });
 * await stockSampleShop(world.datastore);
 * await world.architecture.start();
 * await world.during(world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' }));
 * await world.finish();
 * console.log(world.outboxes.email.count);
 * await world.close();
 * ```
 */
export { divergences } from './divergences.ts';
export {
  type PipelineMessage,
  type PipelineMessages,
  pipelineMessages,
  type ValidationError,
} from './messages.ts';
export { createPipeline } from './pipeline.ts';
export { type AuditLog, type AuditRecord, auditStage } from './stages/audit.ts';
export { routeStage } from './stages/route.ts';
export { type Check, validateStage } from './stages/validate.ts';
