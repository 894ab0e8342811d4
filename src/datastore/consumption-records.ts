import type { Message } from '../events/index.ts';

/** A message at its place in the log. Positions are whole numbers from 1 that grow with the log. */
export interface LoggedMessage {
  readonly position: number;
  readonly message: Message;
}

/** How far a subscriber is. */
export interface Checkpoint {
  /** Everything up to here was handled, waits for a retry, or is dead. */
  readonly position: number;
  /** Behind that position, some were handled too; the last of them stands here. 0 when there are none. */
  readonly aheadTo: number;
}

/** A stretch of the log: what lies behind `after`, up to and with `upTo`. */
export interface LogStretch {
  readonly subscriber: string;
  /** The message types wanted; null for all. */
  readonly types: readonly string[] | null;
  readonly after: number;
  readonly upTo: number;
  /** Leaves out what the subscriber has handled ahead of its checkpoint. */
  readonly skipHandled: boolean;
}

export interface SubscriberProgress {
  readonly subscriber: string;
  /** Its new checkpoint. */
  readonly position: number;
  /** Positions behind the checkpoint that need not be handled again. */
  readonly ahead: readonly number[];
  /** Whether the checkpoint passes some that were handled ahead of it. */
  readonly passesAhead: boolean;
}

/** A message that failed, and is handed to the subscriber again at its time. */
export interface MessageRetry {
  readonly subscriber: string;
  readonly position: number;
  /** How often it was handled in vain. */
  readonly attempts: number;
  readonly dueAtMs: number;
  readonly firstFailedAtMs: number;
}

export type DueRetry = MessageRetry & LoggedMessage;

/** A message that will not be handed out again without a person. */
export interface DeadMessage {
  /** Null when the message was refused before any subscriber; then it stands in no log. */
  readonly subscriber: string | null;
  readonly position: number | null;
  readonly messageId: string;
  readonly messageType: string;
  /** JSON. */
  readonly message: string;
  readonly errorName: string;
  readonly errorCode: string | null;
  readonly errorMessage: string;
  readonly attempts: number;
  readonly firstFailedAtMs: number;
  readonly lastFailedAtMs: number;
}

/** With its id: never given twice, also when the message is gone. */
export type KeptDeadMessage = DeadMessage & { readonly id: number };

/** What a subscriber keeps under a key. Versions begin at 1 and grow with each change. */
export interface SubscriberState {
  readonly key: string;
  readonly version: number;
  /** JSON. */
  readonly value: string;
}

/** It keeps this from now on, in place of what was there; null: nothing more. */
export interface StateChange {
  readonly subscriber: string;
  readonly key: string;
  readonly version: number;
  readonly value: string | null;
}

/** A message that is to go into the log at its time. There is one under each key of a subscriber at most. */
export interface MessageTimer {
  readonly subscriber: string;
  readonly key: string;
  readonly dueAtMs: number;
  readonly messageId: string;
  /** JSON. */
  readonly message: string;
}

/** Sets a timer, in place of the one that was there; null: there is none any more. */
export interface TimerChange {
  readonly subscriber: string;
  readonly key: string;
  readonly timer: Pick<MessageTimer, 'dueAtMs' | 'messageId' | 'message'> | null;
}

/** What belongs together: published and emitted messages, and what became of those that were handled. */
export interface ConsumptionBatch {
  /** Of the lease under which messages were handled. Left out: none were. */
  readonly token?: number;
  readonly append: readonly Message[];
  readonly progress: readonly SubscriberProgress[];
  /** New ones, and those that failed again. */
  readonly retries: readonly MessageRetry[];
  /** Retries that are over: the message was handled, or is dead. */
  readonly ended: readonly Pick<MessageRetry, 'subscriber' | 'position'>[];
  readonly dead: readonly DeadMessage[];
  /** In their order: of one key the last counts. */
  readonly states: readonly StateChange[];
  readonly timers: readonly TimerChange[];
  /** Timers whose time has come. A message to append whose timer is not there any more is left out. */
  readonly fired: readonly Pick<MessageTimer, 'subscriber' | 'key' | 'messageId'>[];
}

export interface CommittedBatch {
  /** What was to be appended, but for the messages of timers that were cancelled before. */
  readonly appended: readonly Message[];
  /** Of each of those: where it stands in the log, now or since before. */
  readonly positions: readonly number[];
  readonly dead: readonly KeptDeadMessage[];
}

/** Of which a batch is made that says only what it has. */
export const nothingConsumed: ConsumptionBatch = {
  append: [],
  progress: [],
  retries: [],
  ended: [],
  dead: [],
  states: [],
  timers: [],
  fired: [],
};

/** What there may be to do for those who consume. */
export interface Outstanding {
  readonly head: number;
  /** Of any subscriber. */
  readonly hasRetries: boolean;
  readonly hasTimers: boolean;
}

/** Who reads the log, how far they are, and what they could not handle. */
export interface ConsumptionStore {
  /** The position of the newest message; 0 when there is none. */
  head(): Promise<number>;
  /** The same, and whether any retry or timer waits, due or not, in one question: on a server each takes a round trip. */
  outstanding(): Promise<Outstanding>;
  /** Enters a subscriber at the end of the log; one that is known stays where it is. */
  enter(subscriber: string): Promise<void>;
  /** Undefined for a subscriber that was never entered. */
  checkpoint(subscriber: string): Promise<Checkpoint | undefined>;
  /** In the order of the log. */
  read(stretch: LogStretch): Promise<readonly LoggedMessage[]>;
  /** The same of one subject, the first `limit`. */
  readSubject(
    subject: string,
    stretch: LogStretch & { readonly limit: number },
  ): Promise<readonly LoggedMessage[]>;
  /**
   * All of the batch or none. Messages that the log holds already are not appended again.
   * @throws {LeaseLostError} others handle those messages now.
   */
  commit(batch: ConsumptionBatch): Promise<CommittedBatch>;
  /** Retries of a subscriber whose time has come, the longest waiting first, and those behind `after` only. */
  dueRetries(
    subscriber: string,
    page: { nowMs: number; after: Pick<MessageRetry, 'dueAtMs' | 'position'>; limit: number },
  ): Promise<readonly DueRetry[]>;
  /** When the first retry of the subscriber after `nowMs` is due. */
  nextDueMs(subscriber: string, nowMs: number): Promise<number | undefined>;
  /** Undefined when the subscriber keeps nothing under the key. */
  state(subscriber: string, key: string): Promise<SubscriberState | undefined>;
  /** In the order of their keys, at most `limit`, beginning behind `after`. */
  states(subscriber: string, page: { after: string; limit: number }): Promise<readonly SubscriberState[]>;
  /** Timers whose time has come, the longest due first. */
  dueTimers(page: { nowMs: number; limit: number }): Promise<readonly MessageTimer[]>;
  /** When the first of the others is due; undefined when there is none. */
  nextTimerMs(nowMs: number): Promise<number | undefined>;
  /** Makes the subscriber's next message the one at this position, if it is not further back already. */
  rewind(subscriber: string, fromPosition: number): Promise<void>;
  /** The latest, oldest first. */
  deadMessages(limit: number): Promise<readonly KeptDeadMessage[]>;
  /** The oldest of those with a greater id, oldest first. */
  deadMessagesAfter(id: number, limit: number): Promise<readonly KeptDeadMessage[]>;
  deadMessage(id: number): Promise<KeptDeadMessage | undefined>;
  /**
   * Makes a retry, due now and without attempts, of a subscriber's dead message, all or nothing.
   * @returns whether there was such a dead message.
   */
  redrive(id: number, nowMs: number): Promise<boolean>;
  /** Appends what was refused before any subscriber, and forgets that it was dead, all or nothing. */
  readmit(id: number, message: Message): Promise<boolean>;
  /** Forgets a dead message. */
  discard(id: number): Promise<boolean>;
}
