import type { Stage } from '../../pipeline-runtime/index.ts';
import { type PipelineMessage, type PipelineMessages, pipelineMessages } from '../messages.ts';

/** What became of one delivery. */
export type AuditRecord = Readonly<Omit<PipelineMessages['DeliverySent'], 'hops' | 'receipt'>> & {
  readonly outcome: 'sent' | 'skipped' | 'failed';
  /** When it ended: ISO 8601, UTC. */
  readonly time: string;
};

/** Keeps an audit record. What it throws is a failure of the stage. */
export type AuditLog = (record: AuditRecord) => void | Promise<void>;

const outcomes = { DeliverySent: 'sent', DeliverySkipped: 'skipped', DeliveryFailed: 'failed' } as const;

export type DeliveryEndMessage = PipelineMessage<keyof typeof outcomes>;

/** Puts the end of every delivery on record; where that is announced, the last that is heard of it is DeliveryCompleted. */
export function auditStage(
  log: AuditLog,
  { isAnnounced = false } = {},
): Stage<DeliveryEndMessage, PipelineMessage> {
  return {
    name: 'audit',
    accepts: ['DeliverySent', 'DeliverySkipped', 'DeliveryFailed'],
    async handle({ type, time, data: { requestId, userId, channel, reason, attempts } }, { next }) {
      const outcome = outcomes[type];
      await log({ requestId, userId, channel, outcome, reason, attempts, time });
      if (!isAnnounced) return [];
      return [next(pipelineMessages.DeliveryCompleted, { requestId, userId, channel, outcome, attempts })];
    },
  };
}
