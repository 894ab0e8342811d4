import type { Stage } from '../../pipeline-runtime/index.ts';
import type { PipelineMessage } from '../messages.ts';

/** What became of one delivery. */
export interface AuditRecord {
  readonly requestId: string;
  readonly userId: string;
  readonly channel: string;
  readonly outcome: 'sent' | 'skipped' | 'failed';
  /** A stable code. */
  readonly reason: string;
  /** How often the provider was asked, or was about to be. */
  readonly attempts: number;
  /** When it ended: ISO 8601, UTC. */
  readonly time: string;
}

/** Keeps the audit records. What it throws is a failure of the stage. */
export interface AuditLog {
  add(record: AuditRecord): void | Promise<void>;
}

const outcomes = { DeliverySent: 'sent', DeliverySkipped: 'skipped', DeliveryFailed: 'failed' } as const;

/** Puts the end of every delivery on record. */
export function auditStage(log: AuditLog): Stage<PipelineMessage<keyof typeof outcomes>, PipelineMessage> {
  return {
    name: 'audit',
    accepts: ['DeliverySent', 'DeliverySkipped', 'DeliveryFailed'],
    async handle({ type, time, data: { requestId, userId, channel, reason, attempts } }) {
      await log.add({ requestId, userId, channel, outcome: outcomes[type], reason, attempts, time });
      return [];
    },
  };
}
