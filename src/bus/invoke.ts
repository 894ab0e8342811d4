import type { Message, MessageMap } from '../events/index.ts';
import type { Subscriber } from './contract.ts';

/** A subscriber as a bus sees it from inside, where all messages are alike. */
export type AnySubscriber = Subscriber<MessageMap>;

/** Hands a message to a subscriber once; gives what it emitted, once it has succeeded. */
export async function invoke(
  subscriber: AnySubscriber,
  message: Message,
  attempt: number,
): Promise<readonly unknown[]> {
  const emitted: unknown[] = [];
  await subscriber.handle(message, {
    attempt,
    publish(messages) {
      for (const emission of messages) emitted.push(emission);
    },
  });
  return emitted;
}
