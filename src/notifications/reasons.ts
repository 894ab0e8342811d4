/** The steps that a delivery goes through, in this order; the first that objects decides. */
export const deliverySteps = [
  'erasure',
  'eligibility',
  'contact',
  'suppression',
  'preference',
  'expiry',
  'overtaken',
  'quiet-hours',
  'rate-limit',
  'duplicate',
  'send',
] as const;
export type DeliveryStep = (typeof deliverySteps)[number];

export interface Reason {
  /** The step whose verdict it is. */
  readonly step: DeliveryStep;
  /** What it says, to a person. */
  readonly words: string;
  /**
   * Completes "would have been sent if …" on that channel, or, for a deferral, "would have been sent at
   * once if …". Left out where it was sent, or where sending itself failed.
   */
  readonly remedy?: (channel: string) => string;
}

function addressFor(channel: string): string {
  if (channel === 'email') return 'an email address';
  return channel === 'sms' ? 'a phone number' : `an address for ${channel}`;
}

const table = {
  erased: {
    step: 'erasure',
    words: 'the customer was erased, so there is nobody to tell',
    remedy: () => 'the customer were still there',
  },
  segment_not_eligible: {
    step: 'eligibility',
    words: 'only customers in segment gold or platinum are told',
    remedy: () => 'the customer were in segment gold or platinum',
  },
  not_in_cart: {
    step: 'eligibility',
    words: "the product is not in the customer's cart",
    remedy: () => "the product had been in the customer's cart",
  },
  no_contact: {
    step: 'contact',
    words: 'no address for this channel',
    remedy: (channel) => `the customer had ${addressFor(channel)}`,
  },
  suppressed: {
    step: 'suppression',
    words: 'the address bounced, is blocked or has unsubscribed',
    remedy: () => 'the address were not on the suppression list',
  },
  opted_out: {
    step: 'preference',
    words: 'the customer does not want such messages on this channel',
    remedy: (channel) => `the customer had switched such messages on for ${channel}`,
  },
  expired: {
    step: 'expiry',
    words: 'older than such news is useful, and not worth sending any more',
    remedy: () => 'its turn had come while it was useful',
  },
  overtaken: {
    step: 'overtaken',
    words: 'what it says was no longer so',
    remedy: () => 'it had still been so when its time came',
  },
  quiet_hours: {
    step: 'quiet-hours',
    words: "waits until the customer's quiet hours end",
    remedy: () => "it had not fallen in the customer's quiet hours",
  },
  rate_limited: {
    step: 'rate-limit',
    words: 'waits because the customer got too many messages at once',
    remedy: () => 'fewer messages had gone to the customer in that minute',
  },
  duplicate: {
    step: 'duplicate',
    words: 'was already sent',
    remedy: () => 'it had not been sent before',
  },
  shortened: { step: 'send', words: 'longer than an SMS may be: cut, with a link' },
  sent: { step: 'send', words: 'accepted by the provider' },
  provider_unavailable: { step: 'send', words: 'the provider is unavailable; it will be tried again' },
  circuit_open: {
    step: 'send',
    words: 'held back by the open circuit breaker, since the provider kept failing',
  },
  rejected: { step: 'send', words: 'the provider refused it for good' },
  internal_error: { step: 'send', words: "a fault on our side, not the provider's; the error says which" },
  attachment_failed: {
    step: 'send',
    words: 'what goes with it could not be made, so that it was not sent without',
  },
  attempts_exhausted: { step: 'send', words: 'the provider stayed unavailable through every attempt' },
  outcome_unknown: {
    step: 'send',
    words: 'the provider did not answer, so it may or may not have been sent',
  },
  redriven: { step: 'send', words: 'sent on its way again by a person' },
  discarded: { step: 'send', words: 'given up for good by a person' },
} as const satisfies Record<string, Reason>;

/** Stable: ledgers and reports hold them. */
export type ReasonCode = keyof typeof table;

/** Every verdict that a delivery can get. */
export const reasons: Readonly<Record<ReasonCode, Reason>> = table;
