import { type Channel, ChannelError, FaultyChannel, type Receipt } from '../../../src/delivery/index.ts';
import type { Clock, Random } from '../../../src/kernel/index.ts';

/** What a provider said: that it has the message, not now, not ever; or nothing that anybody heard. */
export type Answer = 'yes' | 'transient' | 'permanent' | 'none';

/** One message that a provider was handed. */
export interface Ask {
  readonly key: string;
  readonly to: string;
  readonly text: string;
  readonly atMs: number;
  /** Whether the provider has it, whatever it answered. */
  isTaken: boolean;
  /** Undefined as long as there is none. */
  answer: Answer | undefined;
  answeredAtMs: number;
  /** What a refusal asks to wait. */
  retryAfterMs: number;
}

export interface ProviderOptions {
  /** The channel's. */
  name: string;
  /** The one on the wall: it goes on, whoever dies. */
  clock: Clock;
  random: Random;
}

/** Somebody else's machine, which outlives every process of ours: it has faults, and a journal of its own. */
export class Provider extends FaultyChannel {
  /** In the order of their arrival. */
  readonly journal: Ask[] = [];
  readonly #clock: Clock;

  constructor({ name, clock, random }: ProviderOptions) {
    super(
      taker(name, (key) => this.#take(key)),
      { clock, random },
    );
    this.#clock = clock;
  }

  override async send(...[message, context]: Parameters<Channel['send']>): Promise<Receipt> {
    const ask: Ask = {
      key: context.idempotencyKey,
      to: message.to,
      text: message.content.text,
      atMs: this.#clock.now(),
      isTaken: false,
      answer: undefined,
      answeredAtMs: Number.NaN,
      retryAfterMs: 0,
    };
    this.journal.push(ask);
    try {
      const receipt = await super.send(message, context);
      ask.answer = 'yes';
      return receipt;
    } catch (thrown) {
      ask.answer = thrown instanceof ChannelError ? thrown.kind : 'none';
      if (thrown instanceof ChannelError) ask.retryAfterMs = thrown.retryAfterMs ?? 0;
      throw thrown;
    } finally {
      ask.answeredAtMs = this.#clock.now();
    }
  }

  #take(key: string): void {
    const ask = this.journal.findLast((each) => each.key === key && !each.isTaken);
    if (ask !== undefined) ask.isTaken = true;
  }
}

/** A channel that takes everything. */
function taker(name: string, take: (key: string) => void): Channel {
  return {
    name,
    templates: name,
    async send(_message, { idempotencyKey }) {
      take(idempotencyKey);
      return { id: `receipt-${idempotencyKey}` };
    },
  };
}
