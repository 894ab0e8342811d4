import type { Message, MessageDefinition } from '../events/index.ts';
import type { BreakerPolicy } from '../kernel/index.ts';
import type { StageState, StateCell } from './state.ts';

/** What every message between stages carries, beside what it says. */
export interface Travelled {
  /** How many stages have passed it on; what comes from outside has passed none. */
  readonly hops: number;
}

/** What a stage is given beside the message. What it keeps, sets and cancels is committed with the acknowledgement. */
export interface StageContext<State = undefined> {
  /** Makes the message that the one in hand leads to: of the same correlation, and one hop further. */
  next<Type extends string, Data extends Travelled>(
    kind: MessageDefinition<Type, Data>,
    data: Omit<Data, 'hops'>,
  ): Message<Type, Data>;
  /**
   * The same, but its hops are counted from the start: for work that comes back to a stage by design and has an
   * end of its own, such as the next page of a list. It may lead to as many messages again.
   */
  begin<Type extends string, Data extends Travelled>(
    kind: MessageDefinition<Type, Data>,
    data: Omit<Data, 'hops'>,
  ): Message<Type, Data>;
  /**
   * Goes on with work for which neither the message nor those behind it are to wait, such as a slow call. What it
   * comes to is submitted when it is there; what it throws is logged and counted. It is lost with the process. To
   * have `settle` wait for it, whoever does it counts it as a part of `bus.inFlight`.
   */
  later(work: () => Promise<readonly Message[]>): void;
  /** What the stage keeps for this message: see {@link Stage.state}. */
  readonly state: StateCell<State>;
  /** What it keeps under another key. Where messages of several subjects change one key, the stage may be asked again. */
  stateOf(key: string): Promise<StateCell<State>>;
  /**
   * Emits a message later, at a time of the pipeline's clock or as soon after as can be. There is one under each key of
   * the stage: another takes its place. It lasts as long as the bus's messages, and its hops are counted from the start.
   */
  at(key: string, dueMs: number, message: Message): void;
  /** What `at` was told under the key is not emitted, unless it was before. */
  cancel(key: string): void;
  /** Makes a dead letter of the message in hand, of this error, when the stage has ended in order: what it emits and keeps stands. */
  deadLetter(error: Error): void;
  /** 1 at the first delivery of this message to this stage. */
  readonly attempt: number;
  /** The pipeline's clock. */
  readonly nowMs: number;
  /** Aborted when the time for handling is over: whatever comes after that is thrown away. */
  readonly signal: AbortSignal;
  /** Waits on the pipeline's clock; rejects when the signal is aborted. */
  wait(ms: number): Promise<void>;
}

/**
 * One step of a pipeline: a function from a message to messages. It knows no other stage, only the types of
 * messages that it accepts and emits.
 */
export interface Stage<In extends Message, Out extends Message, State = undefined> {
  /** A persistent id: the bus remembers under it what was handled, kept and set. */
  readonly name: string;
  readonly accepts: readonly In['type'][];
  /** Which of them it takes; the others pass by uncounted. Left out: all. */
  where?(message: In): boolean;
  /** What it keeps between messages. Left out: nothing. */
  readonly state?: StageState<In, State>;
  /**
   * Called at least once for each message; those of one subject in order, others at the same time. What it
   * returns is emitted together with its acknowledgement. What it throws is the pipeline's to deal with.
   */
  handle(message: In, context: StageContext<State>): readonly Out[] | Promise<readonly Out[]>;
  /** When a message that it failed on is handed to it again; what is left out is as the settings say. */
  readonly retry?: { readonly attempts?: number; readonly baseDelayMs?: number; readonly jitter?: boolean };
  /** How long it may take for one message. Left out: as the settings say. */
  readonly timeoutMs?: number;
  /** How many subjects it may have in hand at once. Left out: as many as the bus allows. */
  readonly concurrency?: number;
  /** After so many failures in a row it is left alone for a while: messages wait, and that is no attempt. Left out: never. */
  readonly breaker?: Partial<BreakerPolicy>;
  /** It is given no more than so many a second; the others wait, and that is no attempt. Left out: all that come. */
  readonly perSecond?: number;
  /** The last word about a message that the pipeline gives up on. Left out: none. */
  giveUp?(message: In, thrown: unknown, context: StageContext<State>): readonly Out[];
}
