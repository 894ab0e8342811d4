import { v5 as nameBased, parse } from 'uuid';
import { createMessage, type Message, type MessageDefinition } from '../events/index.ts';
import type { VirtualClock } from '../kernel/index.ts';
import type { Pipeline } from './pipeline.ts';
import { playOut } from './play-out.ts';

/** Of the ids that are made here. */
const entries = parse('6d1f0f3e-7a52-4c1b-9b0e-2f6f7c1d3a55');

/** Something that comes from outside at a time. */
export interface FlowEntry {
  readonly atMs: number;
  readonly message: Message;
}

/**
 * Its id is made of what it says and where that stands: whoever feeds the same again, because the process had died, begins
 * nothing twice.
 * @param place What tells it from others that say the same: `row 7`.
 */
export function entryOf<Type extends string, Data>(
  kind: MessageDefinition<Type, Data>,
  data: Data,
  { atMs, place }: { readonly atMs: number; readonly place: string },
): FlowEntry {
  const said = JSON.stringify([kind.type, atMs, place, data]);
  const id = nameBased(Buffer.from(said), entries);
  return {
    atMs,
    message: createMessage({ clock: { now: always(atMs) }, ids: { next: always(id) } }, kind, data),
  };
}

const always =
  <T>(value: T) =>
  (): T =>
    value;

/** So many are submitted at once: memory does not grow with their number. */
const mostAtOnce = 500;

/**
 * Submits what comes from outside, each at its time of a virtual clock, and lets all come to its end, or to a moment. What was due before
 * now is submitted at once: what the bus holds already, it does not take again.
 */
export async function feed(
  // biome-ignore lint/suspicious/noExplicitAny: a pipeline of any messages.
  pipeline: Pipeline<any>,
  clock: VirtualClock,
  entries: readonly FlowEntry[],
  until: { readonly untilMs?: number } = {},
): Promise<void> {
  const inOrder = entries.toSorted((one, other) => one.atMs - other.atMs);
  await feedInOrder(pipeline, clock, inOrder, until);
}

/**
 * The same of entries that come in the order of their times. They are taken when they are submitted: where they are made only
 * then, there are no more of them at once than that.
 */
export async function feedInOrder(
  // biome-ignore lint/suspicious/noExplicitAny: a pipeline of any messages.
  pipeline: Pipeline<any>,
  clock: VirtualClock,
  entries: Iterable<FlowEntry>,
  { untilMs = Number.POSITIVE_INFINITY }: { readonly untilMs?: number } = {},
): Promise<void> {
  const coming = entries[Symbol.iterator]();
  for (let next = coming.next(); !next.done; ) {
    const atMs = Math.max(clock.now(), next.value.atMs);
    await playOut(pipeline, clock, { untilMs: atMs });
    const messages: Message[] = [];
    for (; !next.done && messages.length < mostAtOnce && next.value.atMs <= atMs; next = coming.next())
      messages.push(next.value.message);
    await pipeline.submit(messages);
  }
  await playOut(pipeline, clock, { untilMs });
}
