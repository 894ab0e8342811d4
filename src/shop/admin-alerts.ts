import { millisecondsInMinute } from 'date-fns/constants';
import type { Subscriber } from '../bus/index.ts';
import type { Channel } from '../delivery/index.ts';
import type { MessageOf, ShopEvents } from '../events/index.ts';
import {
  type Cancel,
  type Clock,
  type Logger,
  messageOf,
  silentLogger,
  steadyClock,
} from '../kernel/index.ts';
import { plural } from '../report/index.ts';

/** Who is told of what was given up, and how. */
export interface Admin {
  /** An address of the channel's. */
  to: string;
  /** Of its own, so that it has neither policies nor a ledger between. */
  channel: Channel;
  /** How long nothing more is sent after an alert; what comes meanwhile goes into the next. Default 15 minutes. */
  quietForMs?: number;
}

export interface AdminAlertsOptions extends Admin {
  clock: Clock;
  logger?: Logger;
}

type DeadLetterAdded = MessageOf<ShopEvents, 'DeadLetterAdded'>;

/** So many dead letters are named in one alert; the others are counted. */
const named = 20;

/**
 * Tells an administrator of dead letters: of the first at once, of those that follow together. What could not be sent
 * is kept for the next alert; what waits here when the process dies is still in the list of dead letters.
 */
export class AdminAlerts {
  readonly #options: AdminAlertsOptions;
  /** Without steps. */
  readonly #clock: Clock;
  #untold: DeadLetterAdded[] = [];
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  #timer: Cancel | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(options: AdminAlertsOptions) {
    this.#options = options;
    this.#clock = steadyClock(options.clock);
  }

  subscriber(): Subscriber<ShopEvents, 'DeadLetterAdded'> {
    return { name: 'admin-alerts', handles: ['DeadLetterAdded'], handle: (event) => this.tell(event) };
  }

  /** Resolves when the alert is sent, or is to wait; a failure to send is logged. */
  async tell(event: DeadLetterAdded): Promise<void> {
    // A bus may hand it in again.
    if (!this.#untold.some(({ id }) => id === event.id)) this.#untold.push(event);
    if (this.#clock.now() >= this.#quietUntilMs) await this.#trySend();
    else this.#wait();
  }

  /** Sends what waits, whether or not it is time. */
  async close(): Promise<void> {
    this.#timer?.();
    this.#timer = undefined;
    await this.#sending;
    await this.#trySend();
  }

  #wait(): void {
    this.#timer ??= this.#clock.schedule(this.#quietUntilMs, () => {
      this.#timer = undefined;
      this.#sending = this.#trySend();
    });
  }

  async #send(): Promise<void> {
    const [first] = this.#untold;
    if (first === undefined) return;
    const { quietForMs = 15 * millisecondsInMinute, channel, to } = this.#options;
    const events = this.#untold;
    this.#untold = [];
    this.#quietUntilMs = this.#clock.now() + quietForMs;
    const wait = (ms: number) =>
      new Promise<void>((resolve) => void this.#clock.schedule(this.#clock.now() + ms, resolve));
    const context = { idempotencyKey: `alert:${first.id}`, signal: new AbortController().signal, wait };
    try {
      await channel.send({ to, recipientName: 'Administrator', content: contentOf(events) }, context);
    } catch (thrown) {
      this.#untold = [...events, ...this.#untold];
      throw thrown;
    }
  }

  async #trySend(): Promise<void> {
    try {
      await this.#send();
    } catch (thrown) {
      const { logger = silentLogger } = this.#options;
      logger.error({ reason: messageOf(thrown) }, 'the administrator could not be told of dead letters');
      this.#wait();
    }
  }
}

/** Ids and reasons: whose they are, the list of dead letters knows. */
function contentOf(events: readonly DeadLetterAdded[]) {
  const count = events.length === 1 ? 'A dead letter' : plural(events.length, 'dead letter');
  const [first] = events;
  const subject = `${count}: ${first?.data.what} by ${first?.data.where}, ${first?.data.reason}`;
  const lines = events
    .slice(0, named)
    .map(({ time, data }) => `${time}  ${data.deadLetterId}  ${data.what} by ${data.where}: ${data.reason}`);
  const more = events.length > named ? [`… and ${events.length - named} more`] : [];
  const advice = 'npm run dead-letters -- list shows them all; mend the cause, then redrive.';
  const text = [...lines, ...more, '', advice, ''].join('\n');
  return { subject, text, html: `<pre>${escaped(text)}</pre>` };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
