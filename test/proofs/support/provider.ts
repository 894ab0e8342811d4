import {
  type Channel,
  ChannelError,
  FaultyChannel,
  type Receipt,
  type ReportedReceipt,
} from '../../../src/delivery/index.ts';
import type { Random } from '../../../src/kernel/index.ts';
import type { History, Moment } from './history.ts';
import { Machine } from './machine.ts';

/** What a provider said: that it has the message, not now, not ever; or nothing that anybody heard. */
export type Answer = 'yes' | 'transient' | 'permanent' | 'none';

/** One message that a provider was handed, and when. */
export interface Ask extends Moment {
  readonly channel: string;
  readonly key: string;
  readonly to: string;
  readonly text: string;
  /** Whether the provider has it, whatever it answered. */
  isTaken: boolean;
  /** Undefined as long as there is none. */
  answer: Answer | undefined;
  answered: Moment | undefined;
  /** What a refusal asks to wait. */
  retryAfterMs: number;
  /** The provider is well, and has no time. */
  isBusy: boolean;
  /** The refusal concerns this recipient alone. */
  isOfRecipient: boolean;
}

export interface ProviderOptions {
  /** The channel's. */
  name: string;
  /** Goes on, whoever dies. */
  history: History;
  random: Random;
  /** What it reports before it answers. */
  onReport: (report: ReportedReceipt) => void;
}

/** Somebody else's machine, which outlives every process of ours: it has faults, and a journal of its own. */
export class Provider extends FaultyChannel {
  /** In the order of their arrival. */
  readonly journal: Ask[] = [];
  readonly machine: Machine;
  readonly #history: History;

  constructor({ name, history, random, onReport }: ProviderOptions) {
    const machine = new Machine({
      name,
      nowMs: () => history.moment().steadyMs,
      take: (key) => this.#take(key),
    });
    super(machine, {
      random,
      onReport,
      clock: {
        now: () => history.moment().wallMs,
        schedule: () => {
          throw new Error('a provider waits on the clock of whoever asks it');
        },
      },
    });
    this.machine = machine;
    this.#history = history;
  }

  override get waiting(): number {
    return super.waiting + this.machine.waiting;
  }

  override async send(...[message, context]: Parameters<Channel['send']>): Promise<Receipt> {
    const ask: Ask = {
      ...this.#history.moment(),
      channel: this.name,
      key: context.idempotencyKey,
      to: message.to,
      text: message.content.text,
      isTaken: false,
      answer: undefined,
      answered: undefined,
      retryAfterMs: 0,
      isBusy: false,
      isOfRecipient: false,
    };
    this.journal.push(ask);
    try {
      const receipt = await super.send(message, context);
      ask.answer = 'yes';
      return receipt;
    } catch (thrown) {
      ask.answer = thrown instanceof ChannelError ? thrown.kind : 'none';
      if (thrown instanceof ChannelError) {
        ask.retryAfterMs = thrown.retryAfterMs ?? 0;
        ask.isBusy = thrown.isThrottled;
        ask.isOfRecipient = thrown.scope === 'recipient';
      }
      throw thrown;
    } finally {
      ask.answered = this.#history.moment();
    }
  }

  #take(key: string): void {
    const ask = this.journal.findLast((each) => each.key === key && !each.isTaken);
    if (ask !== undefined) ask.isTaken = true;
  }
}
