import type { ConsumptionStore } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { Clock, InFlightCounter, Random, RetryPolicy } from '../../kernel/index.ts';
import type { KeptStates } from '../kept-states.ts';
import type { GroupCommit } from './group-commit.ts';
import type { RecentMessagesCache } from './recent-messages-cache.ts';

/** What all consumers of a bus have in common. */
export interface ConsumerContext {
  consumption: ConsumptionStore;
  clock: Clock;
  /** The same without steps: of retries. */
  steadyClock: Clock;
  random: Random;
  policy: RetryPolicy;
  recent: RecentMessagesCache;
  writer: GroupCommit;
  states: KeptStates;
  /** How many subjects each may have in hand at once. */
  concurrency: number;
  /** @throws {InvalidMessageError} what nobody can be given. */
  parse(input: unknown): Message;
  /** @throws {DatastoreUnavailableError} nothing can be read or written now. */
  check(): Promise<unknown>;
  isOut(): boolean;
  onOutage(thrown: unknown): void;
  /** A retry is due then. */
  onRetryDue(dueAtMs: number): void;
  /** One consumes, and the log reaches to this position. */
  onOpen(head: number): void;
  /** Counts all that is in flight for any of them. */
  inFlight: InFlightCounter;
  /** Counts the messages whose handlers are at work, or will be. */
  handling: InFlightCounter;
}
