import type { Stores } from '../../datastore/index.ts';
import { type Message, readMessage, shopEvents } from '../../events/index.ts';
import { InputError } from '../../kernel/index.ts';
import { describeEvent, shipmentProgress } from '../flow/index.ts';
import { watchStores } from './asked-stores.ts';
import { explainEntries } from './deliveries.ts';
import type { Cause, Explanation } from './explanation.ts';
import { type Found, type FoundCause, findCauses } from './find-causes.ts';
import { explainSilence, unreadable } from './silence.ts';

export interface Question {
  /** Of an event, order, customer, product, payment, notification or delivery. */
  id: string;
  /** Only as far as this customer is concerned; beside the id of anything that is not one customer's own. */
  customerId?: string;
  /** At most so many causes, and so many notifications of each. Default 10. */
  limit?: number;
}

/**
 * Answers "why was this customer (not) notified?" from what is on record; nothing is written.
 * @throws {InputError} when the id, or the customer, is unknown.
 */
export async function explain(
  recorded: Stores,
  { id, customerId, limit = 10 }: Question,
): Promise<Explanation> {
  const { stores, asked } = watchStores(recorded);
  const found = await findCauses(stores, id, limit);
  if (found === undefined) throw unknownId(id);
  if (customerId !== undefined) await checkCustomer(stores, found, customerId);
  const causes: Cause[] = [];
  for (const cause of found.causes) causes.push(await explainCause(stores, cause, { customerId, limit }));
  const { kind, omitted } = found;
  return { kind, id, customerId: customerId ?? null, causes, omitted, askedStores: asked() };
}

async function explainCause(
  stores: Stores,
  cause: FoundCause,
  { customerId, limit }: { customerId: string | undefined; limit: number },
): Promise<Cause> {
  const { eventId, occurredAtMs, event, entries } = cause;
  const own = entries.filter(
    ({ notification }) => customerId === undefined || notification.customerId === customerId,
  );
  const shown = own.slice(0, limit);
  return {
    eventId,
    time: new Date(occurredAtMs).toISOString(),
    event: event === undefined ? null : { type: event.type, change: await changeOf(stores, event) },
    notifications: await explainEntries(stores.ledger, shown),
    omitted: own.length - shown.length,
    silence: await explainSilence(stores, cause, customerId),
  };
}

async function changeOf(stores: Stores, event: Message): Promise<string> {
  const known = readMessage(shopEvents, event);
  if (known === undefined) return unreadable(event);
  const progress = await shipmentProgress(stores, known);
  return progress === undefined ? describeEvent(known) : `${describeEvent(known)}, ${progress}`;
}

async function checkCustomer(
  { customers }: Stores,
  { kind, causes }: Found,
  customerId: string,
): Promise<void> {
  if (kind === 'customer' || kind === 'notification' || kind === 'delivery') {
    throw new InputError({
      message: `a ${kind} has its customer already`,
      help: 'Give --customer beside the id of an event, an order or a product.',
    });
  }
  const isOnRecord = causes.some(({ entries }) =>
    entries.some(({ notification }) => notification.customerId === customerId),
  );
  if (isOnRecord || (await customers.find(customerId)) !== undefined) return;
  throw new InputError({
    message: `there is no customer ${JSON.stringify(customerId)}`,
    help: 'Check the id.',
  });
}

function unknownId(id: string): InputError {
  return new InputError({
    message: `nothing is known of ${JSON.stringify(id)}`,
    help: 'Ids look like ada, ord-1001, helmet, 019cb95c-e980-…, order-shipped:ord-1001:ada (a notification) or order-shipped:ord-1001:ada:email (a delivery).',
  });
}
