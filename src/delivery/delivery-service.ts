import type { Datastore, DeliveryRecord, LedgerEntry, LedgerLine, Recipient } from '../datastore/index.ts';
import { type Clock, createBatcher, type Logger, messageOf, silentLogger } from '../kernel/index.ts';
import {
  channelsFor,
  createTemplates,
  firstObjection,
  type Notification,
  notificationKinds,
  type Templates,
} from '../notifications/index.ts';
import { Backlog } from './backlog.ts';
import type { Channel } from './channel.ts';
import type { Decision } from './decision.ts';
import { UnknownRecipientError } from './errors.ts';
import { deferred, ended, type Outcome, refused, skipped } from './outcome.ts';
import { RateLimiter } from './rate-limiter.ts';
import { createSender } from './sender.ts';

export interface DeliveryServiceOptions {
  clock: Clock;
  datastore: Datastore;
  /** Each under a name of its own. */
  channels: readonly Channel[];
  /** Default: the shop's own. */
  templates?: Templates;
  /** Told of every verdict once it is recorded. What it throws is logged, and changes nothing. */
  onDecision?: (decision: Decision) => void;
  logger?: Logger;
}

interface Task {
  readonly notification: Notification;
  readonly delivery: DeliveryRecord;
}

/**
 * Takes notifications through the policy steps to their channels. Each delivery is entered in the ledger
 * before anything is done about it and ends in exactly one terminal state there; one that is asked for
 * again is not sent again. What waits, waits in the ledger, so memory does not grow with it and a restart
 * on the same datastore goes on.
 */
export class DeliveryService {
  readonly #options: DeliveryServiceOptions;
  readonly #logger: Logger;
  readonly #channels: ReadonlyMap<string, Channel>;
  readonly #stopping = new AbortController();
  readonly #limiter = new RateLimiter();
  readonly #backlog: Backlog;
  readonly #send: ReturnType<typeof createSender>;
  /** Many at once: a query for each would cost more than everything else together. */
  readonly #recipientOf: (customerId: string) => Promise<Recipient | undefined>;
  readonly #open: (entry: LedgerEntry) => Promise<readonly DeliveryRecord[]>;
  readonly #write: (outcome: Outcome) => Promise<void>;

  constructor(options: DeliveryServiceOptions) {
    const { datastore, clock, channels, templates = createTemplates(), logger = silentLogger } = options;
    this.#options = options;
    this.#logger = logger;
    this.#channels = new Map(channels.map((channel) => [channel.name, channel]));
    const { ledger } = datastore;
    this.#backlog = new Backlog({ clock, ledger, logger, resume: (line) => this.#resume(line) });
    this.#send = createSender({ channels: this.#channels, templates, signal: this.#stopping.signal, logger });
    this.#recipientOf = createBatcher({
      runMany: (ids: readonly string[]) => datastore.customers.recipients(ids),
    });
    this.#open = createBatcher({
      runMany: (entries: readonly LedgerEntry[]) => ledger.open(entries),
    });
    this.#write = createBatcher({
      runMany: (outcomes: readonly Outcome[]) => this.#writeAll(outcomes),
      maxSize: 512,
    });
  }

  /**
   * Goes on where an earlier process on the same datastore stopped. A delivery that was in hand when it
   * died is sent again under the same id. Call it before the first `request`.
   */
  async start(): Promise<void> {
    await this.#backlog.start();
  }

  /**
   * Resolves when every delivery of the notification has reached its end or waits in the ledger.
   * @throws {UnknownRecipientError} nothing is entered then.
   */
  async request(notification: Notification): Promise<void> {
    const recipient = await this.#recipientOf(notification.customerId);
    if (recipient === undefined) throw new UnknownRecipientError(notification.customerId);
    const channels = channelsFor(notification.type, recipient, [...this.#channels.keys()]);
    const deliveries = channels.map((channel) => newDelivery(notification.id, channel));
    const record = { requestedAtMs: this.#now(), ...notification };
    const present = await this.#open({ notification: record, deliveries });
    await Promise.all(
      deliveries.map((delivery) => {
        const before = present.find(({ channel }) => channel === delivery.channel);
        if (before === undefined) return this.#process({ notification, delivery }, recipient);
        // One that is still on its way, or ended otherwise, stands as the first request left it.
        return before.status === 'sent'
          ? this.#record(notification, before, refused(before, this.#now()))
          : undefined;
      }),
    );
  }

  /** Resolves when no delivery whose time has come is in hand; requests are their callers' to await. */
  async settle(): Promise<void> {
    await this.#backlog.settle();
  }

  /** Finishes what is in hand; what waits stays in the ledger. */
  async stop(): Promise<void> {
    await this.#backlog.stop();
    this.#stopping.abort();
  }

  async #process(task: Task, recipient: Recipient): Promise<void> {
    const { notification, delivery } = task;
    await this.#record(notification, delivery, await this.#decide(task, recipient));
  }

  async #decide({ notification, delivery }: Task, recipient: Recipient): Promise<Outcome> {
    const nowMs = this.#now();
    const { channel } = delivery;
    const objection = firstObjection({ notification, channel, recipient, nowMs });
    if (objection?.outcome === 'skip') {
      return skipped(delivery, objection.reason, nowMs);
    }
    if (objection?.outcome === 'defer') return deferred(delivery, objection, nowMs);
    const freeAtMs = isUrgent(notification) ? undefined : this.#limiter.take(recipient.id, channel, nowMs);
    if (freeAtMs !== undefined)
      return deferred(delivery, { reason: 'rate_limited', untilMs: freeAtMs }, nowMs);
    const end = await this.#send({ notification, channelName: channel, recipient });
    return ended(delivery, end, this.#now());
  }

  async #record(notification: Notification, before: DeliveryRecord, outcome: Outcome): Promise<void> {
    await this.#write(outcome);
    const { reason, atMs, delivery = before } = outcome;
    if (delivery.dueAtMs !== null) this.#backlog.expectAt(delivery.dueAtMs);
    const { channel, status, dueAtMs: untilMs } = delivery;
    this.#tell({ notification, channel, atMs, reason, status, untilMs });
  }

  #tell(decision: Decision): void {
    try {
      this.#options.onDecision?.(decision);
    } catch (thrown) {
      this.#logger.error({ reason: messageOf(thrown) }, 'the observer of decisions threw');
    }
  }

  async #writeAll(outcomes: readonly Outcome[]): Promise<readonly undefined[]> {
    const deliveries = outcomes.flatMap(({ delivery }) => delivery ?? []);
    const verdicts = outcomes.flatMap(({ verdict }) => verdict ?? []);
    await this.#options.datastore.ledger.record(deliveries, verdicts);
    return [];
  }

  async #resume({ notification: record, delivery }: LedgerLine): Promise<void> {
    const recipient = await this.#recipientOf(record.customerId);
    if (recipient === undefined) throw new UnknownRecipientError(record.customerId);
    await this.#process({ notification: record as unknown as Notification, delivery }, recipient);
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

function newDelivery(notificationId: string, channel: string): DeliveryRecord {
  return {
    notificationId,
    channel,
    status: 'pending',
    reason: null,
    dueAtMs: null,
    settledAtMs: null,
    attempts: 0,
    receipt: null,
  };
}

function isUrgent({ type }: Notification): boolean {
  const { priority }: { priority: string } = notificationKinds[type];
  return priority === 'high' || priority === 'critical';
}
