import { type Channel, ChannelError, FaultyChannel, type Receipt } from '../../../../delivery/index.ts';
import { type Clock, seededRandom } from '../../../../kernel/index.ts';

/** A message that a provider has taken. */
export interface Taken {
  /** What the customer got, and where: the same whichever process, event or attempt it came from. */
  readonly what: string;
  /** When the provider had taken it: milliseconds since the epoch. */
  readonly atMs: number;
  /** By which the provider can tell a repetition. */
  readonly key: string;
}

/** A provider with a journal of its own: what stands there, customers have, whatever our ledger says. */
export class JournalingProvider extends FaultyChannel {
  /** In the order in which they were taken. */
  readonly journal: Taken[] = [];
  /** An address at which nothing is taken before some moment. */
  deadReceiver: { readonly to: string; readonly untilMs: number } | undefined;
  readonly #clock: Clock;

  constructor(name: string, clock: Clock) {
    super(taker(name), { clock, random: seededRandom(1) });
    this.#clock = clock;
  }

  override async send(...[message, context]: Parameters<Channel['send']>): Promise<Receipt> {
    if (message.to === this.deadReceiver?.to && this.#clock.now() < this.deadReceiver.untilMs)
      // As a mail server says it: of this mailbox, and of no other of its domain.
      throw new ChannelError('transient', { message: 'the mailbox is not to be had', scope: 'recipient' });
    const receipt = await super.send(message, context);
    this.journal.push({
      what: `${this.name} ${message.to} ${message.content.text}`,
      atMs: this.#clock.now(),
      key: context.idempotencyKey,
    });
    return receipt;
  }
}

const taker = (name: string): Channel => ({
  name,
  templates: name,
  send: async (_message, { idempotencyKey }) => ({ id: `receipt-${idempotencyKey}` }),
});
