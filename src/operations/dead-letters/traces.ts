import type { DeliveryKey } from '../../datastore/index.ts';
import type { Decision } from '../../delivery/index.ts';
import { deliveryId } from '../../notifications/index.ts';
import type { World } from '../../shop/index.ts';
import { type TimelineEntry, toEntry } from '../../shop/index.ts';
import type { Letter } from './letter.ts';

/** What a letter leads to once it is re-driven. */
export interface Trace {
  readonly letter: Letter;
  /** The delivery that it is, or those that its message has led to, by id. */
  readonly deliveries: Map<string, DeliveryKey>;
  readonly timeline: TimelineEntry[];
}

/** Finds out which decision is about which letter, as they are made. */
export class Traces {
  readonly #byDelivery = new Map<string, Trace>();
  readonly #byStory = new Map<string, Trace>();
  #others = 0;

  /** How many other deliveries have come to their end meanwhile. */
  get others(): number {
    return this.#others;
  }

  /** From now on, what is decided about it belongs to it. */
  follow(letter: Letter): Trace {
    const trace: Trace = { letter, deliveries: new Map(), timeline: [] };
    if (letter.kind === 'delivery') this.#add(trace, letter.id, letter.dead.delivery);
    else this.#byStory.set(storyOf(letter.dead.message), trace);
    return trace;
  }

  note(decision: Decision, world: Pick<World, 'outboxes'>): void {
    const { notification, channel, status } = decision;
    const id = deliveryId(notification.id, channel);
    const trace = this.#byDelivery.get(id) ?? this.#byStory.get(notification.correlationId);
    if (trace === undefined) {
      if (status !== 'pending') this.#others++;
      return;
    }
    if (!trace.deliveries.has(id)) this.#add(trace, id, { notificationId: notification.id, channel });
    trace.timeline.push(toEntry(decision, world));
  }

  /** They have come to their end: what else comes is about others. */
  forget(traces: readonly Trace[]): void {
    for (const { letter, deliveries } of traces) {
      for (const id of deliveries.keys()) this.#byDelivery.delete(id);
      if (letter.kind === 'message') this.#byStory.delete(storyOf(letter.dead.message));
    }
  }

  #add(trace: Trace, id: string, { notificationId, channel }: DeliveryKey): void {
    trace.deliveries.set(id, { notificationId, channel });
    this.#byDelivery.set(id, trace);
  }
}

/** What all that one command led to has in common; a message that was refused may have nothing of the kind. */
const storyOf = (message: unknown): string =>
  String((message as { correlationId?: unknown } | null)?.correlationId);
