import { z } from 'zod';
import { defineMessage, type Message, type MessageDefinition } from '../events/index.ts';
import type { StageContext, Travelled } from './stage.ts';

/** What a reply says about the step that waits for it. */
export type StepReply<Data> =
  /** It has had its effect: on to the next step. */
  | { readonly is: 'done'; readonly data: Data }
  /** It has had none, and will have none: the steps before it are undone, in the opposite order. */
  | { readonly is: 'failed'; readonly reason: string }
  /** It has had its effect, or may have, and the saga ends all the same: it is undone too. */
  | { readonly is: 'undo'; readonly reason: string }
  /** It had no effect: it is tried again, as often as it has attempts; then it has failed. */
  | { readonly is: 'again'; readonly reason: string }
  /** Nobody knows: it is asked about before it is tried again; where it cannot be, it is tried again. */
  | { readonly is: 'unknown' };

export const done = <Data>(data: Data): StepReply<Data> => ({ is: 'done', data });
export const failed = (reason: string): StepReply<never> => ({ is: 'failed', reason });
export const undo = (reason: string): StepReply<never> => ({ is: 'undo', reason });
export const again = (reason: string): StepReply<never> => ({ is: 'again', reason });
export const unknown: StepReply<never> = { is: 'unknown' };

/** What a saga makes its commands with. */
export interface SagaContext {
  /** Makes a message of the saga's correlation. */
  readonly make: StageContext['begin'];
  /** `<saga>:<step>`: the same for each attempt, so that who does the step can tell a repetition. */
  readonly key: string;
  /** 1 at the first. */
  readonly attempt: number;
  readonly nowMs: number;
}

/** What a message means to a saga. */
type Reading<Data, Result> = {
  // biome-ignore lint/suspicious/noExplicitAny: the message of whatever type the reading stands under.
  readonly [type: string]: (data: Data, message: Message<string, any>) => Result;
};

export interface SagaStep<Data> {
  readonly name: string;
  /** What is asked of whoever does the step; it may come more often than once, under the same key. Left out: it waits. */
  command?(data: Data, context: SagaContext): readonly Message[];
  /** By message type. Only what comes while the step is under way is read. */
  readonly replies?: Reading<Data, StepReply<Data>>;
  /** Whether nothing is left to do; asked when the step begins, and at each fact. Left out: something is. */
  isDone?(data: Data): boolean;
  /** How long a reply may take. Default 30,000. */
  readonly timeoutMs?: number | ((data: Data, nowMs: number) => number);
  /** What it means when none has come. Left out: `unknown`. */
  onTimeout?(data: Data): StepReply<Data>;
  /** So often the command is given. Default 1. */
  readonly attempts?: number;
  /** Asks what became of the command. Replies to it are in `replies` too. Left out: it cannot be asked. */
  ask?(data: Data, context: SagaContext): readonly Message[];
  /** So often it is asked, before it counts as had its effect and is undone. Default 3. */
  readonly questions?: number;
  /** What undoes it, also when it had no effect. Left out: there is nothing to undo. */
  compensate?(data: Data, context: SagaContext): readonly Message[];
  /** The types of messages that say that it is undone. Left out: it is as soon as that is asked for. */
  readonly compensated?: readonly string[];
}

export interface SagaDefinition<Data> {
  /** Of its stage. */
  readonly name: string;
  /** The messages that begin one, and what it knows then. Its id is their subject, as of all messages that concern it. */
  readonly starts: Reading<Record<string, never>, Data>;
  /** What is worth knowing whenever it comes, before it begins too, until the saga ends. */
  readonly facts?: Reading<Data, Data>;
  readonly steps: readonly SagaStep<Data>[];
  /** See {@link sagaAlarm}. */
  readonly alarm: SagaAlarm;
  /** So often a compensation is asked for, before a person is. Default 10; the time between them doubles, to an hour. */
  readonly compensationAttempts?: number;
  /** The last words of one that has come to its end. */
  onCompleted?(data: Data, context: SagaContext): readonly Message[];
  /** The last words of one that was undone. */
  onCancelled?(data: Data, reason: string, context: SagaContext): readonly Message[];
  /** What is said when a compensation was asked for in vain: then a person has to look at it. */
  onStuck?(data: Data, step: string, context: SagaContext): readonly Message[];
}

/** One that has not begun, of which something is known: what belongs together need not come in its order. */
export interface AwaitedSaga {
  readonly status: 'awaited';
  readonly early: readonly Message[];
}

/** Where a saga is. */
export interface SagaState<Data = unknown> {
  readonly id: string;
  readonly status: 'running' | 'compensating' | 'completed' | 'cancelled' | 'stuck';
  /** The step under way, or being undone; null at the end. */
  readonly step: string | null;
  /** Whether it waits for the outcome of a command, or for an answer to a question about that. */
  readonly isAsking: boolean;
  /** Of the command, and of the question or compensation; 1 at the first. */
  readonly attempt: number;
  readonly tries: number;
  /** In their order. */
  readonly done: readonly string[];
  /** The next one first. */
  readonly toUndo: readonly string[];
  readonly compensated: readonly string[];
  /** Why it is, or was, undone. */
  readonly reason: string | null;
  readonly data: Data;
  readonly startedAtMs: number;
  /** When it will not wait any longer for what it waits for; null when it waits for nothing. */
  readonly deadlineMs: number | null;
}

export interface SagaAlarmData extends Travelled {
  readonly sagaId: string;
}

/** The message that tells a saga that its time is up. */
export type SagaAlarm = MessageDefinition<string, SagaAlarmData>;

/** Belongs into the catalogue of the bus, under its type. */
export const sagaAlarm = <const Type extends string>(
  type: Type,
  source: string,
): MessageDefinition<Type, SagaAlarmData> =>
  defineMessage({
    type,
    source,
    subject: ({ sagaId }: SagaAlarmData) => sagaId,
    versions: [z.object({ sagaId: z.string().min(1), hops: z.int().nonnegative() })],
  });

/** All that a saga wants to hear of. */
export function typesOf<Data>({ starts, facts, steps, alarm }: SagaDefinition<Data>): readonly string[] {
  const types = steps.flatMap(({ replies, compensated }) => [
    ...Object.keys(replies ?? {}),
    ...(compensated ?? []),
  ]);
  return [...new Set([...Object.keys(starts), ...Object.keys(facts ?? {}), ...types, alarm.type])];
}
