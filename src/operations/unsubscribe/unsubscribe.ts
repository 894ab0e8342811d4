import type { Datastore } from '../../datastore/index.ts';
import { AppError } from '../../kernel/index.ts';
import { readUnsubscribeToken, type Unsubscription } from '../../notifications/index.ts';
import type { AnsweringServices } from '../../services/index.ts';

class InvalidUnsubscribeLinkError extends AppError {
  readonly code = 'invalid_unsubscribe_link';

  constructor() {
    super({
      message: 'the link is none that this shop has made',
      help: 'It may have been cut off in the mail; the settings of the account do the same.',
    });
  }
}

export interface UnsubscribeOptions {
  datastore: Pick<Datastore, 'customers'>;
  accounts: Pick<AnsweringServices['accounts'], 'unsubscribe'>;
  /** Of the link that the mail had: what stands behind `token=`. */
  token: string;
  /** All that may have signed it. */
  secrets: readonly string[];
}

export interface Unsubscribed extends Unsubscription {
  /** Whether it ended anything: mail programs may follow a link twice. */
  readonly isNew: boolean;
}

/**
 * Switches off the mails that a one-click link (RFC 8058) is about, and nothing else. A shop answers a POST to the link
 * with it, and a GET, which mail scanners make too, with a page that asks.
 * @throws {InvalidUnsubscribeLinkError} also for a customer who is not there, or not any more.
 */
export async function unsubscribe({
  datastore,
  accounts,
  token,
  secrets,
}: UnsubscribeOptions): Promise<Unsubscribed> {
  const unsubscription = readUnsubscribeToken(token, secrets);
  if (unsubscription === undefined) throw new InvalidUnsubscribeLinkError();
  const { customerId, category } = unsubscription;
  const customer = await datastore.customers.find(customerId);
  if (customer === undefined || customer.erasedAtMs !== undefined) throw new InvalidUnsubscribeLinkError();
  const { preferences } = customer;
  const chosen = Object.hasOwn(preferences, category) ? preferences[category] : undefined;
  await accounts.unsubscribe({ customerId, category });
  return { ...unsubscription, isNew: chosen?.email !== false };
}
