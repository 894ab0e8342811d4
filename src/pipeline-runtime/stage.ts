import type { Message, MessageDefinition } from '../events/index.ts';

/** What every message between stages carries, beside what it says. */
export interface Travelled {
  /** How many stages have passed it on; what comes from outside has passed none. */
  readonly hops: number;
}

/** What a stage is given beside the message. */
export interface StageContext {
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
  /** 1 at the first delivery of this message to this stage. */
  readonly attempt: number;
  /** Aborted when the time for handling is over: whatever comes after that is thrown away. */
  readonly signal: AbortSignal;
  /** Waits on the pipeline's clock; rejects when the signal is aborted. */
  wait(ms: number): Promise<void>;
}

/**
 * One step of a pipeline: a function from a message to messages. It knows no other stage, only the types of
 * messages that it accepts and emits.
 */
export interface Stage<In extends Message, Out extends Message> {
  /** A persistent id: the bus remembers under it what was handled. */
  readonly name: string;
  readonly accepts: readonly In['type'][];
  /** Which of them it takes; the others pass by uncounted. Left out: all. */
  where?(message: In): boolean;
  /**
   * Called at least once for each message; those of one subject in order, others at the same time. What it
   * returns is emitted together with its acknowledgement. What it throws is the pipeline's to deal with.
   */
  handle(message: In, context: StageContext): readonly Out[] | Promise<readonly Out[]>;
  /** When a message that it failed on is handed to it again; what is left out is as the settings say. */
  readonly retry?: { readonly attempts?: number; readonly baseDelayMs?: number; readonly jitter?: boolean };
  /** The last word about a message that the pipeline gives up on. Left out: none. */
  giveUp?(message: In, thrown: unknown, context: StageContext): readonly Out[];
}
