import type { DeadLetter } from '../bus/index.ts';
import {
  createMessage,
  type MessageOf,
  type MessagePorts,
  type ShopEvents,
  shopEvents,
} from '../events/index.ts';

/** What those who run the shop are told of a dead message. Nothing of a dead alert: that would never end. */
export function alertOf(
  { id, messageType, subscriber, error, attempts }: DeadLetter,
  ports: MessagePorts,
): MessageOf<ShopEvents, 'DeadLetterAdded'> | undefined {
  if (messageType === 'DeadLetterAdded') return undefined;
  return createMessage(ports, shopEvents.DeadLetterAdded, {
    deadLetterId: id,
    kind: 'message',
    what: messageType,
    where: subscriber ?? 'bus',
    reason: error.code ?? error.name,
    attempts,
  });
}
