import type { Message, MessageMap } from '../events/index.ts';
import type { Subscriber } from './contract.ts';

/** A subscriber as a bus sees it from inside, where all messages are alike. */
export type AnySubscriber = Subscriber<MessageMap>;

/** What a subscriber has come to that did not throw. */
export interface Handled {
  readonly emitted: readonly unknown[];
  /** Why it has given the message up; undefined: it has not. */
  readonly givenUp: { readonly thrown: unknown } | undefined;
}

/** Hands a message to a subscriber once; gives what it came to, once it has succeeded. */
export async function invoke(subscriber: AnySubscriber, message: Message, attempt: number): Promise<Handled> {
  const emitted: unknown[] = [];
  let givenUp: Handled['givenUp'];
  await subscriber.handle(message, {
    attempt,
    publish(messages) {
      for (const emission of messages) emitted.push(emission);
    },
    giveUp(thrown) {
      givenUp = { thrown };
    },
  });
  return { emitted, givenUp };
}
