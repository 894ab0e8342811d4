import {
  type Datastore,
  type DeliveryReceipt,
  type JoinedReceipt,
  mailboxOf,
  type ProviderMessage,
  type Stores,
} from '../../datastore/index.ts';
import { addressOf } from '../../notifications/index.ts';

/**
 * Suppresses what receipts say must not be used any more: the customer's own address on the channel. Whoever else a
 * receipt is about, such as one of many behind a mailing list, or anybody whom a forger names, is none of ours.
 * @returns for each, under its key, whether an address is suppressed because of it.
 */
export async function suppressJoined(
  { customers, suppressions }: Stores,
  joined: readonly JoinedReceipt[],
): Promise<Map<string, boolean>> {
  const suppressed = new Map(joined.map(({ receipt }) => [keyOf(receipt), false]));
  const asking = joined.filter(({ receipt }) => receipt.suppress !== null);
  if (asking.length === 0) return suppressed;
  const recipients = await customers.recipients(asking.map(({ customerId }) => customerId));
  for (const [index, { channel, receipt }] of asking.entries()) {
    const { recipient, suppress: reason, takenAtMs: sinceMs, detail, code } = receipt;
    const customer = recipients[index];
    const address = customer && addressOf(customer, channel);
    if (address === undefined || reason === null) continue;
    if (recipient !== null && mailboxOf(recipient) !== mailboxOf(address)) continue;
    const said = detail ?? code;
    const suppression = { address, reason, sinceMs, channel, source: 'provider' } as const;
    const isNew = await suppressions.add({ ...suppression, ...(said !== null && { detail: said }) });
    suppressed.set(keyOf(receipt), isNew);
  }
  return suppressed;
}

/** Of what is one and the same receipt. */
export const keyOf = ({ channel, providerMessageId, status, recipient }: DeliveryReceipt): string =>
  JSON.stringify([channel, providerMessageId, status, recipient === null ? '' : mailboxOf(recipient)]);

/** Joins what providers reported before the record that it was sent; of these messages, or of all. */
export async function joinEarlyReceipts(
  datastore: Datastore,
  messages?: readonly ProviderMessage[],
): Promise<void> {
  if (!(await datastore.ledger.hasEarlyReceipts())) return;
  const joinPage = (): Promise<number> =>
    datastore.transaction(async (stores) => {
      const joined = await stores.ledger.joinReceipts(messages);
      await suppressJoined(stores, joined);
      return joined.length;
    });
  while ((await joinPage()) > 0);
}
