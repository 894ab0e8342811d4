import { millisecondsInDay, millisecondsInHour } from 'date-fns/constants';
import type { Datastore } from '../datastore/index.ts';
import { type MessageOf, readMessage, type ShopEvents, shopEvents } from '../events/index.ts';
import type { Clock } from '../kernel/index.ts';

export interface EventCorrelatorOptions {
  clock: Clock;
  datastore: Datastore;
  /** How long nothing must be heard of an order before its progress is dropped. Default 30 days. */
  forgetAfterDays?: number;
}

type LineItemStatusChanged = MessageOf<ShopEvents, 'LineItemStatusChanged'>;

/**
 * Concludes from the events of single line items that a whole order is complete: everything that was not
 * cancelled has shipped. Its progress is rows in the datastore, a status each that only climbs, so events
 * may come late, twice and in any order.
 *
 * An order that never completes does not keep its rows for ever: they go when the order is delivered or
 * cancelled, or when nothing was heard of it for a while. Should an event come after that, its progress
 * is read again from the event log, so that forgetting changes no conclusion.
 */
export class EventCorrelator {
  readonly #datastore: Datastore;
  readonly #clock: Clock;
  readonly #forgetAfterMs: number;
  #nextSweepMs = 0;

  constructor({ datastore, clock, forgetAfterDays = 30 }: EventCorrelatorOptions) {
    this.#datastore = datastore;
    this.#clock = clock;
    this.#forgetAfterMs = forgetAfterDays * millisecondsInDay;
  }

  /**
   * Takes in one event, and says whether its order is complete now. It may say so more than once for an
   * order whose events are repeated: who acts on it acts once an order.
   */
  async completes(event: LineItemStatusChanged): Promise<boolean> {
    const { orderId } = event.data;
    const { shipmentProgress } = this.#datastore;
    await this.#sweep();
    const items = (await shipmentProgress.knows(orderId))
      ? [event]
      : [...(await this.#logged(orderId)), event];
    await shipmentProgress.advance(
      orderId,
      items.map(({ data }) => data),
      this.#clock.now(),
    );
    return shipmentProgress.isComplete(orderId);
  }

  /** The order is at its end, or its customer has been told: nothing of it is needed any more. */
  async forget(orderId: string): Promise<void> {
    await this.#datastore.shipmentProgress.forget(orderId);
  }

  async #logged(orderId: string): Promise<LineItemStatusChanged[]> {
    const events = await this.#datastore.eventLog.about(orderId);
    return events.flatMap((event) => {
      // One that a newer program wrote has a dead letter of its own, and must not take the others along.
      const known = readMessage(shopEvents, event);
      return known?.type === 'LineItemStatusChanged' ? known : [];
    });
  }

  /** Once an hour at most, and only when there is traffic: without any, nothing grows. */
  async #sweep(): Promise<void> {
    const nowMs = this.#clock.now();
    if (nowMs < this.#nextSweepMs) return;
    this.#nextSweepMs = nowMs + millisecondsInHour;
    await this.#datastore.shipmentProgress.forgetBefore(nowMs - this.#forgetAfterMs);
  }
}
