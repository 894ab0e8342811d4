import type { Channel } from '../../../delivery/index.ts';
import type { Clock, InFlightCounter, VirtualClock } from '../../../kernel/index.ts';

/** When a steady load begins: in no time zone of those who hear of it is it night. */
export const loadStartMs = Date.parse('2026-03-02T15:00:00Z');
/** What a provider takes, half of it before it has the message. */
export const providerMs = 20;
/** On which a customer hears of an order that has shipped. */
export const channelNames = ['email', 'sms'] as const;

/** A message that a provider has taken. */
export interface TakenAt {
  /** By which the provider can tell a repetition. */
  readonly key: string;
  /** Milliseconds from the beginning of the load. */
  readonly atMs: number;
}

/** What providers were given of an order, in that order: by the id of the order and the channel, `ord-17 email`. */
export type Journal = Map<string, TakenAt[]>;

/** Takes everything, and notes it when it has it, whoever hears that. */
export const notingProvider = (name: string, journal: Journal, clock: Pick<Clock, 'now'>): Channel => ({
  name,
  templates: name,
  send: async (_, { idempotencyKey, wait }) => {
    await wait(providerMs / 2);
    // order-shipped:ord-17:cust-17:email
    const what = `${idempotencyKey.split(':')[1]} ${name}`;
    const taken = { key: idempotencyKey, atMs: clock.now() - loadStartMs };
    journal.set(what, [...(journal.get(what) ?? []), taken]);
    await wait(providerMs / 2);
    return { id: `receipt-${idempotencyKey}` };
  },
});

/** Until all that has begun waits for time. @param asked What a datastore has not answered. */
export async function rest(asked: InFlightCounter): Promise<void> {
  do await asked.idle();
  while (process.getActiveResourcesInfo().includes('Immediate') || asked.count > 0);
}

/** Until nothing waits any more. */
export async function advanceToTheEnd(clock: VirtualClock, asked: InFlightCounter): Promise<void> {
  for (let dueMs = clock.nextDueMs(); dueMs !== undefined; dueMs = clock.nextDueMs())
    await clock.advanceTo(dueMs, () => rest(asked));
}
