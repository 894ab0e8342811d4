import { createHash } from 'node:crypto';
import { createMessage, type Message, type MessageDefinition } from '../events/index.ts';
import { VirtualClock } from '../kernel/index.ts';
import type { Pipeline } from './pipeline.ts';
import { playOut } from './play-out.ts';

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
  const digest = createHash('sha256').update(said).digest('hex');
  // Version 8 of a UUID is one's own way of making them.
  const id = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`, `8${digest.slice(17, 20)}`]
    .concat(digest.slice(20, 32))
    .join('-');
  return {
    atMs,
    message: createMessage({ clock: new VirtualClock(atMs), ids: { next: () => id } }, kind, data),
  };
}

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
  { untilMs = Number.POSITIVE_INFINITY }: { readonly untilMs?: number } = {},
): Promise<void> {
  const inOrder = entries.toSorted((one, other) => one.atMs - other.atMs);
  for (let next = 0; next < inOrder.length; ) {
    const atMs = Math.max(clock.now(), inOrder[next]?.atMs ?? 0);
    await playOut(pipeline, clock, { untilMs: atMs });
    const begin = next;
    while (next < inOrder.length && next - begin < mostAtOnce && (inOrder[next]?.atMs ?? 0) <= atMs) next++;
    await pipeline.submit(inOrder.slice(begin, next).map(({ message }) => message));
  }
  await playOut(pipeline, clock, { untilMs });
}
