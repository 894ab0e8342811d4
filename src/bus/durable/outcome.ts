/*
 * The states of a message for one subscriber. All but `in hand` are in the datastore: after a kill the message is found
 * again where the checkpoint has it, or its retry.
 *
 *  published
 *      │
 *      ▼            read                   handled, batch committed
 *  ┌────────┐ ───────────────▶ ┌─────────┐ ────────────────────────▶ ┌──────┐
 *  │ logged │                  │ in hand │                           │ done │
 *  └────────┘     ┌──────────▶ └─────────┘ ───────────┐              └──────┘
 *      │          │             │       ▲             │ failed for the last
 *      │ too many │      failed │       │ due         │ time, or fits
 *      │ of its   │ its         │       │             │ no schema
 *      ▼ subject  │ turn        ▼       │             ▼
 *  ┌────────┐     │            ┌─────────┐ redrive ┌──────┐ discard
 *  │ paused │ ────┘            │ waiting │ ◀────── │ dead │ ────────▶ gone
 *  └────────┘                  └─────────┘         └──────┘
 */
import type {
  DeadMessage,
  MessageRetry,
  StateChange,
  SubscriberProgress,
  TimerChange,
} from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';

/** A message in the hands of one subscriber. */
export interface Task {
  readonly subject: string;
  readonly position: number;
  readonly message: Message;
  /** Whether the message is known to fit its schema, in its newest version. */
  readonly isParsed: boolean;
  readonly attempt: number;
  /** Null unless it failed before. */
  readonly firstFailedAtMs: number | null;
}

/** What became of one message: handled, unless it is to be tried again or dead. */
export interface Outcome {
  readonly participant: Participant;
  readonly task: Task;
  readonly emitted: readonly Message[];
  readonly retry: MessageRetry | undefined;
  /** The message itself, or what it emitted and nobody can be given. */
  readonly dead: readonly DeadMessage[];
  readonly states: readonly StateChange[];
  readonly timers: readonly TimerChange[];
}

/** Whoever handles messages, and wants it remembered. */
export interface Participant {
  readonly name: string;
  /** How far it is when these are done with; undefined when that is no news. Asked before each attempt to commit. */
  advance(done: readonly Outcome[]): SubscriberProgress | undefined;
  /** What became of so many messages is others' to say. */
  dropped(count: number): void;
  /** All of it is committed. */
  committed(done: readonly Outcome[], progress: SubscriberProgress | undefined): void;
}
