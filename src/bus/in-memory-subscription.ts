import type { DelayedLetters } from './delayed-letters.ts';
import type { AnySubscriber } from './invoke.ts';
import type { Mailbox } from './mailbox.ts';

/** A subscriber of the in-memory bus, with what waits for it. */
export interface Subscription {
  readonly subscriber: AnySubscriber;
  readonly mailbox: Mailbox;
  readonly delayed: DelayedLetters;
}
