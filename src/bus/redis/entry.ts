import type { Message } from '../../events/index.ts';
import type { Clock } from '../../kernel/index.ts';
import { deadMessage } from '../dead-letter.ts';
import type { AnySubscriber } from '../invoke.ts';
import type { Again } from './keys.ts';

/** What a consumer group is given: of a stream, by its id, with its fields and their values in turn. */
export type Entry = readonly [id: string, fields: readonly string[] | null];

/** A message in the hands of one subscriber. */
export interface Task {
  readonly subject: string;
  /** Its id, and whether it stands among what is handed over again. */
  readonly entry: string;
  readonly isAgain: boolean;
  readonly message: Message;
  readonly attempt: number;
  readonly firstFailedAtMs: number | undefined;
  readonly origin: string;
  isBegun: boolean;
  /** Another worker has it. */
  isLost: boolean;
}

/** What stands in a stream and is no message: somebody else has written it, or of a version that is newer. */
export interface Poison {
  readonly entry: string;
  readonly isAgain: boolean;
  readonly letter: string;
  readonly messageId: string;
}

export interface Reading {
  readonly handler: Pick<AnySubscriber, 'name' | 'handles'>;
  readonly clock: Clock;
  /** @throws {InvalidMessageError} */
  parse(input: unknown): Message;
}

/** What an entry is to a subscriber; undefined: nothing. */
export function readEntry(
  [entry, fields]: Entry,
  isAgain: boolean,
  { handler, clock, parse }: Reading,
): Task | Poison | undefined {
  const text = textIn(fields, isAgain ? 'r' : 'm');
  let raw: unknown = text;
  let again: Partial<Again> = {};
  try {
    if (isAgain) again = JSON.parse(text) as Again;
    raw = JSON.parse(again.message ?? text);
    if (!isAgain && !isWanted(handler, raw)) return undefined;
    const message = parse(raw);
    return {
      subject: message.subject,
      entry,
      isAgain,
      message,
      attempt: (again.attempts ?? 0) + 1,
      firstFailedAtMs: again.firstFailedAtMs ?? undefined,
      origin: again.origin ?? entry,
      isBegun: false,
      isLost: false,
    };
  } catch (thrown) {
    const nowMs = clock.now();
    const dead = deadMessage(raw, thrown, {
      subscriber: handler.name,
      position: null,
      attempts: again.attempts ?? 0,
      firstFailedAtMs: again.firstFailedAtMs ?? nowMs,
      lastFailedAtMs: nowMs,
    });
    return {
      entry,
      isAgain,
      letter: JSON.stringify({ ...dead, origin: entry }),
      messageId: `entry ${entry}`,
    };
  }
}

/** What has no type concerns everybody. */
function isWanted({ handles }: Reading['handler'], raw: unknown): boolean {
  const { type } = (raw ?? {}) as { type?: unknown };
  return handles === '*' || typeof type !== 'string' || handles.includes(type);
}

function textIn(fields: readonly string[] | null, name: string): string {
  for (let at = 0; fields !== null && at < fields.length; at += 2)
    if (fields[at] === name) return fields[at + 1] ?? '';
  return fields?.join(' ') ?? '';
}
