import type { Datastore, DeliveryRecord, LedgerLine, Recipient } from '../datastore/index.ts';
import {
  Alarm,
  type Clock,
  GrowingDelay,
  type InFlightCounter,
  type Logger,
  messageOf,
} from '../kernel/index.ts';
import type { Notification, ShopFacts } from '../notifications/index.ts';
import { hasWaited, shopFactsOf } from './shop-facts.ts';
import type { Tenure } from './tenure.ts';

/** A delivery whose time has come, with what has to be known to take it further. */
export interface DueLine {
  readonly notification: Notification;
  readonly delivery: DeliveryRecord;
  /** Undefined: nobody knows the customer. */
  readonly recipient: Recipient | undefined;
  /** Undefined: it did not wait. */
  readonly facts: ShopFacts | undefined;
}

export interface BacklogOptions {
  channelName: string;
  /** One that makes no steps: of what is due. */
  clock: Clock;
  /** What time it is on the wall. */
  wallClock: Clock;
  datastore: Datastore;
  inFlight: InFlightCounter;
  logger: Logger;
  tenure: Tenure;
  /** How many deliveries may be taken up now. Who says none wakes the backlog when there may be some. */
  room(): number;
  /** Takes one delivery further: to its end, or to a later time. */
  resume(line: DueLine): void;
}

/** The deliveries of one channel that wait in the ledger, and are taken up when their time has come. */
export class Backlog {
  readonly #options: BacklogOptions;
  readonly #alarm: Alarm;
  readonly #delay: GrowingDelay;
  #isDue = false;
  #isTaking = false;
  #hasStopped = false;

  constructor(options: BacklogOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => this.#becomeDue());
    this.#delay = new GrowingDelay(options.clock);
  }

  /** Whether the ledger may hold deliveries whose time has come. */
  get isDue(): boolean {
    return this.#isDue;
  }

  /** Something in the ledger is due at this time: milliseconds since the epoch. */
  expectAt(dueAtMs: number): void {
    if (dueAtMs <= this.#options.clock.now()) this.#becomeDue();
    else if (!this.#hasStopped) this.#alarm.setFor(dueAtMs);
  }

  /** There may be room. */
  wake(): void {
    if (!this.#isDue || this.#isTaking || this.#hasStopped || this.#options.room() === 0) return;
    this.#isTaking = true;
    this.#options.inFlight.enter();
    // Page after page in a chain of promises would never let timers and sockets in.
    setImmediate(() => void this.#take());
  }

  /** Takes no more; what waits stays in the ledger. */
  stop(): void {
    this.#hasStopped = true;
    this.#alarm.off();
  }

  #becomeDue(): void {
    this.#isDue = true;
    this.wake();
  }

  async #take(): Promise<void> {
    const { channelName, clock, logger, inFlight, room } = this.#options;
    const limit = this.#hasStopped ? 0 : room();
    try {
      if (limit > 0) await this.#takeUp(limit);
    } catch (thrown) {
      if (this.#options.tenure.endsWith(thrown)) this.stop();
      else logger.error({ channel: channelName, reason: messageOf(thrown) }, 'the ledger could not be read');
      this.#isDue = false;
      this.expectAt(clock.now() + this.#delay.next());
    }
    this.#isTaking = false;
    this.wake();
    inFlight.leave();
  }

  async #takeUp(limit: number): Promise<void> {
    const { channelName, datastore, resume, tenure } = this.#options;
    this.#isDue = false;
    if (!(await tenure.lasts())) return;
    const lines = await this.#read(limit);
    for (const line of lines) resume(line);
    if (lines.length === limit) {
      this.#isDue = true;
      return;
    }
    const nextMs = await datastore.ledger.nextDueMs(channelName);
    if (nextMs !== undefined) this.expectAt(nextMs);
  }

  /** In one transaction: what is taken and cannot be taken further must not be lost sight of. */
  #read(limit: number) {
    const { channelName, clock, wallClock, datastore, tenure } = this.#options;
    return datastore.transaction(async (stores) => {
      const taken = await stores.ledger.takeDue(channelName, clock.now(), limit, tenure.token);
      const lines = taken.map(asDue);
      const ids = lines.map(({ notification }) => notification.customerId);
      const recipients = await stores.customers.recipients(ids);
      const nowMs = wallClock.now();
      const waited = lines.filter(({ notification, delivery }) => hasWaited(notification, delivery, nowMs));
      const answers = await shopFactsOf(
        stores,
        waited.map(({ notification }) => notification),
      );
      const facts = new Map(waited.map((line, index) => [line, answers[index]]));
      return lines.map((line, index) => ({ recipient: recipients[index], facts: facts.get(line), ...line }));
    });
  }
}

/** The ledger keeps what the catalogue defines, and knows nothing of it. */
const asDue = ({ notification, delivery }: LedgerLine) => ({
  notification: notification as unknown as Notification,
  delivery,
});
