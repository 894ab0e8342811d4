/**
 * The event log as a file of CloudEvents, and what somebody who is new would make of it.
 *
 * @example
 * ```ts
 * import { exportedLines } from './src/operations/event-log/index.ts';
 * import { createWorld, stockSampleShop } from './src/shop/index.ts';
 *
 * const world = createWorld({ startMs: 0 });
 * await stockSampleShop(world.datastore);
 * await world.architecture.services.ordering.shipOrder({ orderId: 'ord-1001' });
 * for await (const line of exportedLines(world.datastore, { subject: 'ord-1001' })) console.log(line);
 * await world.close();
 * ```
 */
export { exportedLines, exportLog } from './export-log.ts';
export { importLog } from './import-log.ts';
export { type HandOver, type HandOverOptions, handOver } from './late-subscriber.ts';
export { handOverDocument } from './late-subscriber-report.ts';
export { type LogFilter, readLog, tailLog } from './read-log.ts';
export { eventsDocument, lineOf, shownEventDocument } from './report.ts';
