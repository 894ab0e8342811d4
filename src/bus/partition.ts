import type { DeadMessage } from '../datastore/index.ts';
import type { Message } from '../events/index.ts';
import { deadMessage } from './dead-letter.ts';

/** Messages of the newest version, and what fits no schema. */
export interface Partitioned {
  readonly accepted: readonly Message[];
  readonly refused: readonly DeadMessage[];
}

/** Parts what may go into the log from what nobody can be given. */
export function partition(
  parse: (input: unknown) => Message,
  inputs: readonly unknown[],
  nowMs: number,
): Partitioned {
  const accepted: Message[] = [];
  const refused: DeadMessage[] = [];
  for (const input of inputs) {
    try {
      accepted.push(parse(input));
    } catch (thrown) {
      const circumstances = { subscriber: null, position: null, attempts: 0 };
      refused.push(
        deadMessage(input, thrown, { ...circumstances, firstFailedAtMs: nowMs, lastFailedAtMs: nowMs }),
      );
    }
  }
  return { accepted, refused };
}
