import type { Datastore, Recipient } from '../datastore/index.ts';
import type { Clock, InFlightCounter, Logger, Random } from '../kernel/index.ts';
import type { Templates } from '../notifications/index.ts';
import type { Channel } from './channel.ts';
import { ChannelQueues } from './channel-queues.ts';
import { DeadLetters } from './dead-letters.ts';
import { createEnqueuer, type Enqueuer } from './enqueue.ts';
import { createJointEntry } from './joint-entry.ts';
import { LedgerWriter } from './ledger-writer.ts';
import type { Tell } from './observers.ts';
import type { DeliveryServiceOptions } from './options.ts';
import { concludeOrphaned } from './orphaned.ts';
import { PolicyChain } from './policy-chain.ts';
import { joinEarlyReceipts } from './receipts/joining.ts';
import type { CompleteSettings } from './settings.ts';
import type { Tenure } from './tenure.ts';

export interface DeskOptions extends Pick<DeliveryServiceOptions, 'onDue'> {
  clock: Clock;
  /** Of what lasts, and of what is due. */
  steadyClock: Clock;
  datastore: Datastore;
  channels: readonly Channel[];
  random: Random;
  templates: Templates;
  settings: CompleteSettings;
  tell: Tell;
  logger: Logger;
  inFlight: InFlightCounter;
  tenure: Tenure;
  recipientOf(customerId: string): Promise<Recipient | undefined>;
}

/**
 * What a service works with as long as it holds the lease, or does not. When that changes there is a new one, as there
 * is after a restart, and whatever comes of the old one's deliveries is not its own to write any more.
 */
export class Desk {
  readonly tenure: Tenure;
  readonly queues: ChannelQueues;
  readonly enqueuer: Enqueuer;
  readonly enterJointly: ReturnType<typeof createJointEntry>;
  readonly deadLetters: DeadLetters;
  readonly #options: DeskOptions;
  readonly #writer: LedgerWriter;

  constructor(options: DeskOptions) {
    const { usefulForMinutes } = options.settings;
    this.#options = options;
    this.tenure = options.tenure;
    this.#writer = new LedgerWriter({ ...options, clock: options.steadyClock });
    const policies = new PolicyChain({ clock: options.steadyClock, usefulForMinutes });
    this.queues = new ChannelQueues({ ...options, policies, writer: this.#writer });
    const entering = { ...options, queues: this.queues, writer: this.#writer, usefulForMinutes };
    this.enqueuer = createEnqueuer(entering);
    this.enterJointly = createJointEntry(entering);
    this.deadLetters = new DeadLetters(entering);
  }

  /**
   * Before it has anything in hand: what whoever held the lease before had in hand is due, or given up. Resolves when that
   * is on record.
   */
  async takeOver(): Promise<void> {
    const { datastore, settings, steadyClock, tenure } = this.#options;
    if (settings.onUnknownOutcome === 'dead-letter')
      await concludeOrphaned({ ...this.#options, ledger: datastore.ledger, writer: this.#writer });
    else await datastore.ledger.resumeOrphaned(steadyClock.now(), tenure.token);
  }

  /** Takes up what waits. */
  async takeUp(): Promise<void> {
    await joinEarlyReceipts(this.#options.datastore);
    await this.lookForDue();
  }

  /** Others may have entered what is due. */
  async lookForDue(): Promise<void> {
    const { ledger } = this.#options.datastore;
    for (const { channel, dueAtMs } of await ledger.waitingChannels())
      this.queues.of(channel).expectAt(dueAtMs);
  }

  /** Takes nothing more. */
  stop(): void {
    this.#writer.stopTrying();
    this.queues.stop();
  }

  /** Leaves all that is in hand, too. */
  leaveAll(): void {
    this.stop();
    this.queues.leaveAll();
    this.tenure.end();
  }
}
