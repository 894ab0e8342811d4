import type { Datastore, LedgerLine } from '../../datastore/index.ts';
import type { DeliveryService, DueDelivery } from '../../delivery/index.ts';
import type { RecentMap } from '../../kernel/index.ts';
import { deliveryId, type Notification } from '../../notifications/index.ts';
import type { Stage, StageContext } from '../../pipeline-runtime/index.ts';
import { type PipelineMessage, pipelineMessages } from '../messages.ts';

export interface SendingOptions {
  datastore: Datastore;
  delivery: DeliveryService;
  /**
   * By delivery id, what this process has just entered: the ledger need not be asked how that stands. What never
   * comes here, since its message was lost with a failure, must not stay for ever.
   */
  entered: RecentMap<DueDelivery>;
}

type Routed = PipelineMessage<'DeliveryRouted'>;

/**
 * The stage of one channel: takes each delivery through the policy steps to its provider. A message is done with
 * when its delivery is in hand, so that a slow provider holds up no other; what becomes of it is a message again.
 * What cannot even be begun is pending in the ledger, and the next start takes it up.
 */
export function channelStage(
  name: string,
  { datastore, delivery, entered }: SendingOptions,
  serves = (channel: string): boolean => channel === name,
): Stage<Routed, PipelineMessage> {
  const inHand = new Set<string>();

  async function send(routed: Routed, due: DueDelivery, { next }: StageContext) {
    const { requestId, userId, channel } = routed.data;
    const after = await delivery.send(due).finally(() => {
      inHand.delete(deliveryId(requestId, channel));
    });
    const { status, attempts, receipt } = after;
    if (status === 'pending') return [];
    const reason = after.reason ?? 'unknown';
    const end = { requestId, userId, channel, attempts, reason, receipt };
    return [next(pipelineMessages[ends[status]], end)];
  }

  /** What this process has not just entered has waited in the ledger, which knows since when, and for what. */
  async function dueOf({ data: { requestId, channel } }: Routed): Promise<DueDelivery | undefined> {
    const id = deliveryId(requestId, channel);
    const fresh = entered.take(id);
    if (fresh !== undefined) return fresh;
    const unsent = await unsentOf(datastore, requestId);
    const line = unsent.find(({ delivery: each }) => each.channel === channel);
    return line && { notification: line.notification as unknown as Notification, delivery: line.delivery };
  }

  return {
    name,
    accepts: ['DeliveryRouted'],
    where: ({ data }) => serves(data.channel),
    async handle(routed, context) {
      const { requestId, channel } = routed.data;
      const id = deliveryId(requestId, channel);
      // The same can come twice.
      if (inHand.has(id)) return [];
      const due = await dueOf(routed);
      if (due === undefined || inHand.has(id)) return [];
      inHand.add(id);
      context.later(() => send(routed, due, context));
      return [];
    },
  };
}

/** The deliveries of a request that have neither come to their end nor wait in the ledger for their time. */
export async function unsentOf({ ledger }: Datastore, requestId: string): Promise<LedgerLine[]> {
  const [entry] = await ledger.find('id', requestId);
  if (entry === undefined) return [];
  const { notification, deliveries } = entry;
  const unsent = deliveries.filter(({ status, dueAtMs }) => status === 'pending' && dueAtMs === null);
  return unsent.map((delivery) => ({ notification, delivery }));
}

const ends = { sent: 'DeliverySent', skipped: 'DeliverySkipped', dead_lettered: 'DeliveryFailed' } as const;
