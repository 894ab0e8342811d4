import type { WorkLease } from '../datastore/index.ts';
import type { MessageMap, MessageOf, Publisher } from '../events/index.ts';
import type { InFlightCounter, RetryPolicy } from '../kernel/index.ts';

/** What a subscriber keeps under a key. */
export interface KeptState {
  /** Grows with each change; 0: it keeps nothing. */
  readonly version: number;
  /** JSON that cannot be changed; undefined: nothing. */
  readonly value: unknown;
}

/** For a look from outside: what is committed, also while a handler is at work. */
export interface StateReader {
  find(subscriber: string, key: string): Promise<KeptState>;
  /** In the order of their keys, at most `limit`, beginning behind `after`. */
  list(
    subscriber: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly (KeptState & { readonly key: string })[]>;
}

/** What a handler is given beside the message. */
export interface MessageContext<Map extends MessageMap> {
  /**
   * Emits messages. They leave when the handler has succeeded, together with its acknowledgement; what a
   * failing handler emitted is never seen.
   */
  publish(messages: readonly MessageOf<Map>[]): void;
  /**
   * Makes a dead letter of the message, of what it is given, when the handler has ended in order: it is not tried
   * again, and what the handler emits leaves all the same.
   */
  giveUp(thrown: unknown): void;
  /** What this subscriber keeps under a key, as the messages handled before have left it. At once, where that is known. */
  load(key: string): KeptState | Promise<KeptState>;
  /**
   * Keeps a value under a key, which was loaded before, together with the acknowledgement; undefined: nothing more.
   * JSON, frozen from then on. Where another handler has changed it since that version, this one is asked again.
   */
  keep(key: string, value: unknown, version: number): void;
  /**
   * Publishes a message later, at a time or as soon after as the bus can; set together with the acknowledgement. There
   * is one under each key of a subscriber at most: another takes its place. It lasts as long as what was published.
   */
  schedule(key: string, dueAtMs: number, message: MessageOf<Map>): void;
  /** What was scheduled under the key is not published, unless it was before; together with the acknowledgement. */
  cancel(key: string): void;
  /** 1 at the first delivery of this message to this subscriber. */
  readonly attempt: number;
}

/** A named consumer of messages. */
export interface Subscriber<Map extends MessageMap, Type extends keyof Map & string = keyof Map & string> {
  /** A persistent id: what was handled is remembered under it, so renaming it is a migration. */
  readonly name: string;
  /** The message types that it wants; `*` for every one. */
  readonly handles: readonly Type[] | '*';
  /**
   * Called at least once for each message, with one effect for each message id; messages of one subject in
   * order, of different subjects concurrently. One that is through at once need give no promise. A throw concerns this
   * subscriber and this message alone.
   */
  handle(message: MessageOf<Map, Type>, context: MessageContext<Map>): void | Promise<void>;
  /**
   * When a message that failed is handed to it again, on every bus; what is left out is as in `defaultRetryPolicy`.
   * Those behind it do not wait. Left out: as the bus does by itself.
   */
  readonly retry?: Partial<RetryPolicy>;
  /** How many subjects it may have in hand at once. Left out: as many as the bus allows. */
  readonly concurrency?: number;
}

/** A message that a subscriber will not be given again without a person. */
export interface DeadLetter {
  /** Names this letter to a person: `message-17`. A bus never gives it again. */
  readonly id: string;
  readonly messageId: string;
  readonly messageType: string;
  /** Null when the message itself was refused, before any subscriber. */
  readonly subscriber: string | null;
  readonly error: { readonly name: string; readonly code: string | null; readonly message: string };
  readonly attempts: number;
  readonly firstFailedAtMs: number;
  readonly lastFailedAtMs: number;
  /** As it was published; one that was refused may be anything. It may name people: not for logs. */
  readonly message: unknown;
}

/** What an implementation promises beyond the contract; the contract suite asserts each, or its absence. */
export interface BusCapabilities {
  /** Published messages outlive the process. */
  readonly durable: boolean;
  /** A failed message is tried again before it is dead, also where its subscriber does not ask for it. */
  readonly retries: boolean;
  /** What is logged in the datastore is published: a change and its events are committed together, or neither is. */
  readonly outbox: boolean;
  /** Of several workers on one log none begins a message before an earlier one of its subject has ended. */
  readonly ordersAcrossWorkers: boolean;
}

export const noPromises: BusCapabilities = {
  durable: false,
  retries: false,
  outbox: false,
  ordersAcrossWorkers: false,
};

export interface EventBus<Map extends MessageMap> extends Publisher<Map> {
  readonly capabilities: BusCapabilities;
  /**
   * Counts what is in flight because of the bus's messages. Who works on when a handler has returned counts that as
   * a part of it: `new InFlightCounter(bus.inFlight)`. Idle when nothing at all is to be waited for.
   */
  readonly inFlight: InFlightCounter;
  /**
   * Under which messages are handled, where several workers share a datastore. Who works on in that datastore when a handler
   * has returned does so under the same, so that one worker has both in hand. Undefined: nothing is shared.
   */
  readonly lease?: WorkLease | undefined;
  readonly states: StateReader;
  /**
   * See {@link Publisher.publish}. A message that fits no schema becomes a dead letter.
   * @throws {BusClosedError} after `close`.
   */
  publish(messages: readonly MessageOf<Map>[]): Promise<void>;
  /**
   * Hands every message published from now on to `subscriber`, until the returned function is called.
   * @throws {DuplicateSubscriberError} when the name is taken.
   */
  subscribe<Type extends keyof Map & string>(subscriber: Subscriber<Map, Type>): () => void;
  /** Resolves when no message is in hand or waits for a handler. What is scheduled for later is not waited for. */
  settle(): Promise<void>;
  /**
   * For who stops: begins nothing that waits in the log, and resolves when what is in hand is finished, and what that emits as
   * far as nothing older waits. What is left, and what others publish, is for whoever comes next; where nobody does, since messages
   * live in the process alone, nothing is left. Publishing goes on to be possible.
   */
  finishInHand(): Promise<void>;
  /** The latest dead letters, oldest first. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /**
   * Hands a dead message to its subscriber again, with all its attempts again; one that was refused before any
   * subscriber is published again. Should it fail again, it is a new dead letter.
   * @throws {UnknownDeadLetterError}
   * @throws {InvalidMessageError} it still fits no schema, and stays where it is.
   */
  redrive(id: string): Promise<void>;
  /**
   * Forgets a dead letter.
   * @throws {UnknownDeadLetterError}
   */
  discard(id: string): Promise<void>;
  /** Finishes what is in hand and takes no more. */
  close(): Promise<void>;
}
