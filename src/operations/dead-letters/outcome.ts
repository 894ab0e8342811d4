import type { DeadLetter } from '../../bus/index.ts';
import type { Datastore, DeliveryRecord, DueRetry } from '../../datastore/index.ts';
import { deliveryId } from '../../notifications/index.ts';
import type { TimelineEntry, World } from '../../shop/index.ts';
import type { DeliveryLetter, Letter, MessageLetter } from './letter.ts';
import type { Trace } from './traces.ts';

/** How a re-driven letter stands. `waits`: until a later time, or for the next start. */
export type OutcomeKind = 'sent' | 'handled' | 'skipped' | 'waits' | 'dead';

export interface Outcome {
  readonly letter: Letter;
  readonly kind: OutcomeKind;
  /** The reason code or the error's; null for a message that was handled. */
  readonly reason: string | null;
  /** What went wrong, when it is dead again. */
  readonly error: string | null;
  /** Under which id it is a dead letter again. */
  readonly newId: string | null;
  /** The delivery, or those that its message has led to, as they stand now. */
  readonly deliveries: readonly DeliveryRecord[];
  /** What was decided about these meanwhile. */
  readonly timeline: readonly TimelineEntry[];
}

/** The deliveries of a trace as they stand in the ledger. */
export async function currentDeliveries(
  { ledger }: Datastore,
  trace: Trace,
): Promise<readonly DeliveryRecord[]> {
  const ids = new Set([...trace.deliveries.values()].map(({ notificationId }) => notificationId));
  const entries = await Promise.all([...ids].map((id) => ledger.find('id', id)));
  return entries
    .flat()
    .flatMap(({ deliveries }) => deliveries)
    .filter(({ notificationId, channel }) => trace.deliveries.has(deliveryId(notificationId, channel)));
}

const pageSize = 500;

/** The retry for which a message waits. */
export async function retryOf(
  { consumption }: Datastore,
  { dead: { messageId, subscriber } }: MessageLetter,
): Promise<DueRetry | undefined> {
  if (subscriber === null) return undefined;
  for (let after = { dueAtMs: 0, position: 0 }; ; ) {
    const page = await consumption.dueRetries(subscriber, {
      nowMs: Number.MAX_SAFE_INTEGER,
      after,
      limit: pageSize,
    });
    const found = page.find(({ message }) => message.id === messageId);
    const last = page.at(-1);
    if (found !== undefined || last === undefined || page.length < pageSize) return found;
    after = last;
  }
}

/** What has become of a trace, `buried` being the messages that died meanwhile. */
export async function outcomeOf(
  { datastore }: Pick<World, 'datastore'>,
  trace: Trace,
  buried: readonly DeadLetter[],
): Promise<Outcome> {
  const { letter, timeline } = trace;
  const deliveries = await currentDeliveries(datastore, trace);
  const common = { letter, deliveries, timeline, error: null, newId: null };
  if (letter.kind === 'delivery') {
    return { ...common, ...(await endOfDelivery(datastore, letter, deliveries)) };
  }
  const { messageId, subscriber } = letter.dead;
  const again = buried.find(
    (dead) => dead.messageId === messageId && (subscriber === null || dead.subscriber === subscriber),
  );
  if (again !== undefined) {
    const { code, name, message } = again.error;
    return { ...common, kind: 'dead', reason: code ?? name, error: message, newId: again.id };
  }
  const isWaiting = (await retryOf(datastore, letter)) !== undefined;
  return { ...common, kind: isWaiting ? 'waits' : 'handled', reason: null };
}

const endings = { sent: 'sent', skipped: 'skipped', pending: 'waits', dead_lettered: 'dead' } as const;

async function endOfDelivery(
  { ledger }: Datastore,
  { id, dead: { delivery } }: DeliveryLetter,
  [now = delivery]: readonly DeliveryRecord[],
): Promise<Pick<Outcome, 'kind' | 'reason' | 'error' | 'newId'>> {
  const kind = endings[now.status];
  const again = kind === 'dead' ? await ledger.deadLetter(now) : undefined;
  return {
    kind,
    reason: now.reason,
    error: again?.failure?.errorMessage ?? null,
    newId: again === undefined ? null : id,
  };
}
