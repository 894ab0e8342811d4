import { type Catalogue, type MessageOf, type MessagesOf, parseMessage } from '../events/index.ts';
import { deepFreeze } from '../kernel/index.ts';

/**
 * Checks a message, and freezes it: from then on all who are handed it can share it. Of its envelope, which is made anew and
 * holds nothing but text, no field has to be looked into.
 * @throws {InvalidMessageError}
 */
export function parseFrozen<C extends Catalogue>(catalogue: C, input: unknown): MessageOf<MessagesOf<C>> {
  const message = parseMessage(catalogue, input);
  deepFreeze(message.data);
  return Object.freeze(message);
}
