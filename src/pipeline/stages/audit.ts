import type { Stage } from '../../pipeline-runtime/index.ts';
import type { PipelineMessage, PipelineMessages } from '../messages.ts';

/** What became of one delivery. */
export type AuditRecord = Readonly<Omit<PipelineMessages['DeliverySent'], 'hops' | 'receipt'>> & {
  readonly outcome: 'sent' | 'skipped' | 'failed';
  /** When it ended: ISO 8601, UTC. */
  readonly time: string;
};

/** Keeps an audit record. What it throws is a failure of the stage. */
export type AuditLog = (record: AuditRecord) => void | Promise<void>;

const outcomes = { DeliverySent: 'sent', DeliverySkipped: 'skipped', DeliveryFailed: 'failed' } as const;

/** Puts the end of every delivery on record. */
export function auditStage(log: AuditLog): Stage<PipelineMessage<keyof typeof outcomes>, PipelineMessage> {
  return {
    name: 'audit',
    accepts: ['DeliverySent', 'DeliverySkipped', 'DeliveryFailed'],
    async handle({ type, time, data: { requestId, userId, channel, reason, attempts } }) {
      await log({ requestId, userId, channel, outcome: outcomes[type], reason, attempts, time });
      return [];
    },
  };
}
