import type { ReasonCode } from '../../src/notifications/index.ts';

export interface Guidance {
  /** How the delivery stands after it. */
  readonly leadsTo:
    | 'sent'
    | 'skipped'
    | 'dead letter'
    | 'waits'
    | 'waits, or dead letter'
    | 'as before'
    | 'no delivery';
  /** What whoever runs the shop can do about it. */
  readonly todo: string;
}

/** What a reason leads to, and what is to be done about it; every reason has its line. */
export const guidance: Readonly<Record<ReasonCode, Guidance>> = {
  erased: { leadsTo: 'skipped', todo: 'Nothing: the customer has asked for it.' },
  segment_not_eligible: { leadsTo: 'skipped', todo: 'Nothing: the offer is for others.' },
  not_in_cart: {
    leadsTo: 'no delivery',
    todo: 'Nothing: `explain` says so of those who might have expected news.',
  },
  no_contact: { leadsTo: 'skipped', todo: 'Ask the customer for an address.' },
  suppressed: {
    leadsTo: 'skipped',
    todo: 'Find out why with `npm run suppressions`; take the address off when the customer asks for it or it works again.',
  },
  opted_out: {
    leadsTo: 'skipped',
    todo: "Nothing: it is the customer's wish, or the default for the channel.",
  },
  expired: {
    leadsTo: 'skipped',
    todo: 'Look for what held it up, if there are many: an outage, or too small a limit.',
  },
  overtaken: { leadsTo: 'skipped', todo: 'Nothing: what it would have said is no longer so.' },
  quiet_hours: { leadsTo: 'waits', todo: 'Nothing: it goes on when they end, if it is still so by then.' },
  rate_limited: { leadsTo: 'waits', todo: 'Look for who sends one customer so much.' },
  duplicate: { leadsTo: 'as before', todo: 'Nothing: it was asked for twice, and sent once.' },
  shortened: {
    leadsTo: 'sent',
    todo: 'Shorten the template, or raise `maxSmsSegments`: each segment is billed.',
  },
  sent: { leadsTo: 'sent', todo: "Nothing: the provider's receipt is in the ledger." },
  provider_unavailable: {
    leadsTo: 'waits',
    todo: 'See with `npm run status` how long the channel has been failing; it is tried again by itself.',
  },
  circuit_open: {
    leadsTo: 'waits',
    todo: 'See with `npm run status` whether the breaker is open still; one message at a time probes the provider by itself.',
  },
  rejected: {
    leadsTo: 'dead letter',
    todo: 'Read the error with `npm run dead-letters`, mend what it names, then re-drive or discard it.',
  },
  internal_error: {
    leadsTo: 'dead letter',
    todo: 'Read the error with `npm run dead-letters`: what a template lacks, a channel that is missing, or a line of code that broke off. Mend it, then re-drive it; if that line stands behind the call of the provider, ask first whether it has the message.',
  },
  attachment_failed: {
    leadsTo: 'dead letter',
    todo: 'Read the error with `npm run dead-letters`, mend what it names, then re-drive it: what goes with it is made anew.',
  },
  attempts_exhausted: {
    leadsTo: 'dead letter',
    todo: 'When the provider is back, re-drive it with `npm run dead-letters`.',
  },
  outcome_unknown: {
    leadsTo: 'waits, or dead letter',
    todo: 'Ask the provider by the id of the delivery. `onUnknownOutcome` says whether it is sent again by itself.',
  },
  redriven: { leadsTo: 'waits', todo: 'Nothing: it takes every step once more.' },
  discarded: { leadsTo: 'skipped', todo: 'Nothing: a person has decided.' },
};
