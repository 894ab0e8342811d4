import type { ReceiptStatus, Suppression } from '../../datastore/index.ts';

/** What a provider says of a message that it took. */
export interface ReportedReceipt {
  readonly channel: string;
  /** As the channel's `send` answered, with or without the angle brackets of a Message-ID. */
  readonly providerMessageId: string;
  readonly status: ReceiptStatus;
  /** Whom it is about. Left out: the one whom the message was for. */
  readonly recipient?: string | undefined;
  /** When it happened by the provider's clock: milliseconds since the epoch. */
  readonly atMs?: number | undefined;
  /** The provider's code; of a mail the enhanced status code (RFC 3463), such as `5.1.1`. */
  readonly code?: string | undefined;
  /** In words; of a mail what the recipient's server said. */
  readonly detail?: string | undefined;
  /**
   * Whoever knows this provider's codes knows that the address must not be used any more. Left out: of a mail that
   * bounced, decided as for a refusal at once (docs/PROVIDER-ANSWERS.md); of anything else, no.
   */
  readonly suppress?: Suppression['reason'] | undefined;
}
