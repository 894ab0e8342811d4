import type { RecordPorts } from '../services/index.ts';
import type { HandOver } from './hand-over.ts';
import type { NotificationApi } from './notification-api.ts';

/** What a service needs that tells customers itself. */
export interface CallingPorts extends RecordPorts {
  readonly notifications: NotificationApi;
  readonly handOver: HandOver;
}
