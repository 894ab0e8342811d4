import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Datastore, NotificationRecord } from '../datastore/index.ts';
import { describeIssues } from '../events/index.ts';
import {
  AppError,
  type Clock,
  type Ids,
  type Logger,
  messageOf,
  quote,
  silentLogger,
} from '../kernel/index.ts';
import {
  type Notification,
  type NotificationOptions,
  type OwnText,
  ownTextNotification,
  ownTextSchema,
} from '../notifications/index.ts';
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

/** Under this id something else was asked for; it stands as it was. */
class TextDiffersError extends AppError {
  readonly code = 'text_differs';

  constructor({ notificationId, channel }: OwnText) {
    const which = `${quote(notificationId, 40)} on ${quote(channel, 40)}`;
    super({
      message: `this text cannot be sent: ${which} was asked for before, with another text`,
      help: 'Give a new text an id of its own; to repeat a text, send it as it was.',
    });
  }
}

/** `repeated`: it was asked for before, and nothing more comes of it. */
export type SentText = 'accepted' | 'repeated';

export interface OwnTextOptions {
  clock: Clock;
  /** Of what leads to a text where no message does. */
  ids: Ids;
  datastore: Pick<Datastore, 'customers' | 'ledger'>;
  delivery: Pick<DeliveryService, 'enter' | 'send'>;
  channels: readonly Pick<Channel, 'name'>[];
  /** Default: silent. */
  logger?: Logger;
}

type Cause = NotificationOptions<'own-text'>['cause'];

/** Takes one's own texts to where every notification goes: into the ledger. */
export class OwnTexts {
  readonly #options: OwnTextOptions;

  constructor(options: OwnTextOptions) {
    this.#options = options;
  }

  /**
   * @returns whether it was asked for before.
   * @throws {RefusedTextError} says all that is wrong with its form at once; then of its channel, or of its recipient.
   * @throws {TextDiffersError}
   */
  async check(given: OwnText): Promise<{ readonly text: OwnText; readonly isRepeated: boolean }> {
    const { data: text, error } = z.strictObject(ownTextSchema.shape).safeParse(given);
    if (error) throw new RefusedTextError(describeIssues(error));
    this.#refuseWithout(text.channel);
    const customer = await this.#options.datastore.customers.find(text.recipient);
    const who = quote(text.recipient, 40);
    const help = "Give a customer's id as its recipient, not an address.";
    if (customer === undefined) throw new RefusedTextError(`nobody is registered as customer ${who}`, help);
    if (customer.erasedAtMs !== undefined) throw new RefusedTextError(`customer ${who} was erased`, help);
    return { text, isRepeated: await this.#isEntered(text, ownTextNotification(text, this.#cause())) };
  }

  /**
   * @returns what was entered, for the caller to give to `send`; none where it was entered before.
   * @throws {RefusedTextError} its channel is not running.
   * @throws {TextDiffersError}
   * @throws {UnknownRecipientError}
   */
  async enter(text: OwnText, cause: Cause): Promise<readonly DueDelivery[]> {
    this.#refuseWithout(text.channel);
    const notification = ownTextNotification(text, cause);
    const added = await this.#options.delivery.enter(notification, [text.channel]);
    if (added.length === 0) await this.#isEntered(text, notification);
    return added.map((delivery) => ({ notification, delivery }));
  }

  /**
   * Checks it, enters it, and sends it behind the answer.
   * @param handOn Takes it to where it is sent. Default: straight to its channel.
   * @throws {RefusedTextError}
   * @throws {TextDiffersError}
   */
  async send(
    given: OwnText,
    handOn: (due: DueDelivery) => Promise<unknown> = this.#sendNow,
  ): Promise<SentText> {
    const { text, isRepeated } = await this.check(given);
    if (isRepeated) return 'repeated';
    const entered = await this.enter(text, this.#cause());
    for (const due of entered) void handOn(due).catch((thrown) => this.#leave(thrown));
    return entered.length === 0 ? 'repeated' : 'accepted';
  }

  readonly #sendNow = (due: DueDelivery): Promise<unknown> => this.#options.delivery.send(due);

  /** It is in the ledger, and due before long. */
  #leave(thrown: unknown): void {
    const { logger = silentLogger } = this.#options;
    logger.error({ reason: messageOf(thrown) }, 'a text could not be handed on');
  }

  /** Whether it is in the ledger, as it is. */
  async #isEntered(text: OwnText, notification: Notification<'own-text'>): Promise<boolean> {
    const [entry] = await this.#options.datastore.ledger.find('id', notification.id);
    if (entry === undefined) return false;
    if (!saysTheSame(entry.notification, notification)) throw new TextDiffersError(text);
    return true;
  }

  /** Somebody's wish, which stands in no log. */
  #cause(): Cause {
    const { clock, ids } = this.#options;
    const id = ids.next();
    return { id, subject: '', time: new Date(clock.now()).toISOString(), correlationId: id };
  }

  #refuseWithout(channel: string): void {
    const names = this.#options.channels.map(({ name }) => name);
    if (names.includes(channel)) return;
    const running = `running: ${names.join(', ')}`;
    throw new RefusedTextError(`no channel ${quote(channel, 40)} is running; ${running}`);
  }
}

/** As JSON keeps it. */
const saysTheSame = (kept: NotificationRecord, asked: Notification<'own-text'>): boolean =>
  isDeepStrictEqual(kept.variables, JSON.parse(JSON.stringify(asked.variables)));
