import { z } from 'zod';
import type { Datastore } from '../datastore/index.ts';
import { describeIssues, type Message } from '../events/index.ts';
import { AppError, quote } from '../kernel/index.ts';
import { type OwnText, ownTextNotification, ownTextSchema } from '../notifications/index.ts';
import type { Channel } from './channel.ts';
import type { DeliveryService } from './delivery-service.ts';
import type { DueDelivery } from './task.ts';

/** A text that nobody can be sent; nothing is entered. */
class RefusedTextError extends AppError {
  readonly code = 'refused_text';

  constructor(message: string, help = 'Mend the text, then send it again.') {
    super({ message: `this text cannot be sent: ${message}`, help });
  }
}

export interface OwnTextOptions {
  datastore: Pick<Datastore, 'customers'>;
  delivery: Pick<DeliveryService, 'enter'>;
  channels: readonly Pick<Channel, 'name'>[];
}

/** Takes one's own texts to where every notification goes: into the ledger. */
export class OwnTexts {
  readonly #options: OwnTextOptions;

  constructor(options: OwnTextOptions) {
    this.#options = options;
  }

  /** @throws {RefusedTextError} says all that is wrong with its form at once; then of its channel, or of its recipient. */
  async check(given: OwnText): Promise<OwnText> {
    const { data, error } = z.strictObject(ownTextSchema.shape).safeParse(given);
    if (error) throw new RefusedTextError(describeIssues(error));
    this.#refuseWithout(data.channel);
    if ((await this.#options.datastore.customers.find(data.recipient)) !== undefined) return data;
    const who = quote(data.recipient, 40);
    const help = "Give a customer's id as its recipient, not an address.";
    throw new RefusedTextError(`nobody is registered as customer ${who}`, help);
  }

  /**
   * @returns what was entered, for the caller to give to `send`; none where it was entered before.
   * @throws {RefusedTextError} its channel is not running.
   * @throws {UnknownRecipientError}
   */
  async enter(text: OwnText, cause: Message): Promise<readonly DueDelivery[]> {
    this.#refuseWithout(text.channel);
    const notification = ownTextNotification(text, cause);
    const added = await this.#options.delivery.enter(notification, [text.channel]);
    return added.map((delivery) => ({ notification, delivery }));
  }

  #refuseWithout(channel: string): void {
    const names = this.#options.channels.map(({ name }) => name);
    if (names.includes(channel)) return;
    const running = `running: ${names.join(', ')}`;
    throw new RefusedTextError(`no channel ${quote(channel, 40)} is running; ${running}`);
  }
}
