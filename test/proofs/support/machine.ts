import { type Channel, ChannelError, type Receipt } from '../../../src/delivery/index.ts';
import { endpointOf } from './endpoint.ts';

/** What a provider takes: a bucket of tokens, one a message, that fills evenly. */
export interface Limit {
  readonly perSecond: number;
  /** How many the bucket holds. */
  readonly burst: number;
  /** Whether a refusal says how long to wait, as `Retry-After` does. */
  readonly saysHowLong: boolean;
}

/**
 * What goes wrong with one address: its mailbox takes nothing now, or refuses for good; or whatever answers there is
 * down, or slow.
 */
export type AddressTrouble = 'not-now' | 'never' | 'down' | 'slow';

export interface Troubles {
  readonly limit?: Limit | undefined;
  readonly addresses?: Readonly<Record<string, AddressTrouble>> | undefined;
}

export interface MachineOptions {
  name: string;
  /** The time that has passed. */
  nowMs(): number;
  /** It has the message. */
  take(key: string): void;
}

const slowMs = 20_000;

/** The inside of a provider: takes everything, but for its troubles. */
export class Machine implements Channel {
  readonly name: string;
  readonly templates: string;
  troubles: Troubles = {};
  waiting = 0;
  readonly #options: MachineOptions;
  /** Of each endpoint. */
  readonly #buckets = new Map<string, { tokens: number; filledAtMs: number }>();

  constructor(options: MachineOptions) {
    this.name = options.name;
    this.templates = options.name === 'webhook' ? 'push' : options.name;
    this.#options = options;
  }

  /** Of its mails the house makes the ids. */
  messageIdOf(key: string): string | undefined {
    return this.name === 'email' ? idOf(key) : undefined;
  }

  async send(...[message, context]: Parameters<Channel['send']>): Promise<Receipt> {
    const { limit, addresses = {} } = this.troubles;
    const trouble = addresses[message.to];
    if (trouble === 'slow') await this.#wait(() => context.wait(slowMs));
    else if (trouble !== undefined) throw refusals[trouble]();
    if (limit !== undefined) this.#spend(limit, endpointOf(this.name, message.to) ?? '');
    this.#options.take(context.idempotencyKey);
    return { id: idOf(context.idempotencyKey) };
  }

  async #wait(wait: () => Promise<void>): Promise<void> {
    this.waiting++;
    await wait().finally(() => {
      this.waiting--;
    });
  }

  /** @throws {ChannelError} the bucket is empty. */
  #spend({ perSecond, burst, saysHowLong }: Limit, endpoint: string): void {
    const nowMs = this.#options.nowMs();
    const { tokens, filledAtMs } = this.#buckets.get(endpoint) ?? { tokens: burst, filledAtMs: nowMs };
    const full = Math.min(burst, tokens + ((nowMs - filledAtMs) / 1000) * perSecond);
    this.#buckets.set(endpoint, { tokens: full >= 1 ? full - 1 : full, filledAtMs: nowMs });
    if (full >= 1) return;
    const retryAfterMs = Math.ceil(((1 - full) / perSecond) * 1000);
    throw new ChannelError('transient', {
      message: 'too many, wait',
      isThrottled: true,
      ...(saysHowLong && { retryAfterMs }),
    });
  }
}

const idOf = (key: string): string => `receipt-${key}`;

const refusals: Readonly<Record<Exclude<AddressTrouble, 'slow'>, () => ChannelError>> = {
  'not-now': () => new ChannelError('transient', { message: 'the mailbox is busy', scope: 'recipient' }),
  never: () => new ChannelError('permanent', { message: 'not for this recipient', scope: 'recipient' }),
  down: () => new ChannelError('transient', { message: 'nobody answers there' }),
};
