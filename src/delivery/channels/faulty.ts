import type { Clock, Random } from '../../kernel/index.ts';
import {
  type Channel,
  ChannelError,
  type OutgoingMessage,
  type Receipt,
  type SendContext,
} from '../channel.ts';
import { endpointIn } from '../endpoints.ts';
import type { ReportedReceipt } from '../receipts/reported-receipt.ts';

/** What goes wrong at a provider. What is left out does not. */
export interface Faults {
  /** The share of messages that it refuses for now, 0 to 1. */
  readonly failureRate?: number;
  /** The share of messages that it takes without our ever hearing of it, 0 to 1. */
  readonly lostAnswerRate?: number;
  /** How long it takes to answer; `Infinity`: it never does. */
  readonly latencyMs?: number;
  /** When it refuses everything: from the first moment to before the second, milliseconds since the epoch. */
  readonly outages?: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Addresses to which it sends nothing, for good. */
  readonly blockedRecipients?: readonly string[] | 'everybody';
  /** What it asks to wait with each refusal, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What it reports, behind its yes, of what is sent to an address. */
  readonly reports?: readonly ProviderReport[];
}

export interface ProviderReport extends Omit<ReportedReceipt, 'channel' | 'providerMessageId' | 'atMs'> {
  readonly to: string;
  /** So long after it has taken the message; 0: before it answers. */
  readonly afterMs: number;
}

export interface FaultyChannelOptions {
  clock: Clock;
  /** Of which messages fail; the same seed fails the same ones. */
  random: Random;
  /** Default: none. */
  faults?: Faults;
  /** What a provider calls back. Left out: nobody listens. */
  onReport?: (reported: ReportedReceipt) => void;
}

/** Any channel, with faults put before it. They may be changed while it runs: a provider fails, and is mended. */
export class FaultyChannel implements Channel {
  readonly name: string;
  readonly templates: string;
  faults: Faults;
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #onReport: NonNullable<FaultyChannelOptions['onReport']>;
  #waiting = 0;

  constructor(channel: Channel, { clock, random, faults = {}, onReport = () => {} }: FaultyChannelOptions) {
    this.name = channel.name;
    this.templates = channel.templates;
    this.faults = faults;
    this.#channel = channel;
    this.#clock = clock;
    this.#random = random;
    this.#onReport = onReport;
  }

  endpointOf(to: string): string | undefined {
    return this.#channel.endpointOf ? this.#channel.endpointOf(to) : endpointIn(to);
  }

  messageIdOf(idempotencyKey: string): string | undefined {
    return this.#channel.messageIdOf?.(idempotencyKey);
  }

  async send(message: OutgoingMessage, context: SendContext): Promise<Receipt> {
    // As they are when the message arrives at the provider, whatever is mended while it is there.
    const { latencyMs = 0, lostAnswerRate = 0, reports = [], ...refusals } = this.faults;
    const atMs = this.#clock.now();
    if (latencyMs > 0) await this.#wait(latencyMs, context);
    this.#refuse(message.to, atMs, refusals);
    const receipt = await this.#channel.send(message, context);
    for (const report of reports) if (report.to === message.to) this.#report(receipt, report);
    if (this.#strikes(lostAnswerRate)) throw new Error('the connection broke before the answer');
    return receipt;
  }

  #report({ id: providerMessageId }: Receipt, { to: _, afterMs, ...report }: ProviderReport): void {
    const atMs = this.#clock.now() + afterMs;
    const call = (): void => this.#onReport({ channel: this.name, providerMessageId, ...report, atMs });
    if (afterMs === 0) call();
    else this.#clock.schedule(atMs, call);
  }

  /** How many messages wait for nothing but time. */
  get waiting(): number {
    return this.#waiting;
  }

  async #wait(latencyMs: number, context: SendContext): Promise<void> {
    this.#waiting++;
    try {
      await context.wait(latencyMs);
    } finally {
      this.#waiting--;
    }
  }

  #refuse(
    address: string,
    atMs: number,
    faults: Omit<Faults, 'latencyMs' | 'lostAnswerRate' | 'reports'>,
  ): void {
    const { failureRate = 0, outages = [], blockedRecipients = [], retryAfterMs } = faults;
    if (blockedRecipients === 'everybody' || blockedRecipients.includes(address)) {
      throw new ChannelError('permanent', { message: 'the recipient is blocked', suppress: 'blocked' });
    }
    const isDown = outages.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
    if (!isDown && !this.#strikes(failureRate)) return;
    const message = isDown ? 'the provider is down' : 'the provider is busy';
    throw new ChannelError('transient', { message, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }

  /** Draws no number where nothing can strike, so that a run without faults is as if this were not here. */
  #strikes(rate: number): boolean {
    return rate > 0 && this.#random.next() < rate;
  }
}
