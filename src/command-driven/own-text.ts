import { z } from 'zod';
import type { Datastore } from '../datastore/index.ts';
import type { DeliveryService } from '../delivery/index.ts';
import {
  createMessage,
  describeIssues,
  type Message,
  type MessageOf,
  type MessagePorts,
} from '../events/index.ts';
import { AppError, quote } from '../kernel/index.ts';
import { createNotification, inOneLine } from '../notifications/index.ts';
import { type CommandDrivenMessages, notificationMessages, type OwnText, ownTextSchema } from './messages.ts';
import { sendCommand } from './send-handler.ts';

/** A text that nobody can be sent; nothing is entered. */
class RefusedTextError extends AppError {
  readonly code = 'refused_text';

  constructor(message: string, help = 'Mend the SendNotification, then send it again.') {
    super({ message: `this text cannot be sent: ${message}`, help });
  }
}

export interface OwnTextOptions extends MessagePorts {
  datastore: Pick<Datastore, 'customers'>;
  delivery: DeliveryService;
  channelNames: readonly string[];
}

type Emitted = readonly MessageOf<CommandDrivenMessages>[];
const longestSubject = 60;

/** Takes one's own text to where every notification goes: into the ledger, then on its way as a command. */
export function createOwnTexts({ delivery, datastore, channelNames, ...ports }: OwnTextOptions) {
  async function check({ channel, recipient }: OwnText): Promise<void> {
    if (!channelNames.includes(channel)) {
      throw new RefusedTextError(
        `no channel ${quote(channel, 40)} is running; running: ${channelNames.join(', ')}`,
      );
    }
    if ((await datastore.customers.find(recipient)) !== undefined) return;
    const help = "Give a customer's id as its recipient, not an address.";
    throw new RefusedTextError(`nobody is registered as customer ${quote(recipient, 40)}`, help);
  }

  return {
    /** @throws {RefusedTextError} says all that is wrong with its form at once. */
    async command(given: OwnText): Promise<MessageOf<CommandDrivenMessages, 'SendNotification'>> {
      const result = z.strictObject(ownTextSchema.shape).safeParse(given);
      if (!result.success) throw new RefusedTextError(describeIssues(result.error));
      await check(result.data);
      return createMessage<'SendNotification', OwnText>(
        ports,
        notificationMessages.SendNotification,
        result.data,
      );
    },

    async handle(command: Message<'SendNotification', OwnText>): Promise<Emitted> {
      await check(command.data);
      const { notificationId, channel, recipient, message, metadata } = command.data;
      const notification = createNotification({
        type: 'own-text',
        customerId: recipient,
        cause: { ...command, subject: notificationId },
        // On another channel it may say it otherwise.
        about: `${notificationId}/${channel}`,
        variables: { subject: subjectOf(command.data), message, ...(metadata && { metadata }) },
      });
      const added = await delivery.enter(notification, [channel]);
      return added.map((each) => sendCommand(ports, { notification, delivery: each }, command));
    },
  };
}

function subjectOf({ subject, message }: OwnText): string {
  if (subject !== undefined) return subject;
  const line = [...inOneLine(message).trim()];
  return line.length <= longestSubject ? line.join('') : `${line.slice(0, longestSubject - 1).join('')}…`;
}
