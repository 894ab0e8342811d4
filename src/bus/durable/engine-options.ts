import type { Datastore, WorkLease } from '../../datastore/index.ts';
import type { Message } from '../../events/index.ts';
import type { Clock, InFlightCounter, Logger, Random, RetryPolicy } from '../../kernel/index.ts';
import type { DeadLetter } from '../contract.ts';

export interface EngineOptions {
  lease: WorkLease;
  /** Under which messages are handled. Undefined: another worker does, and here they are only published. */
  token: number | undefined;
  /** All that is in flight on the bus. */
  inFlight: InFlightCounter;
  /** What publishing has to wait for, if there is anything. */
  ready(): Promise<unknown> | undefined;
  clock: Clock;
  /** The same without steps: of what lasts, and of retries. */
  steadyClock: Clock;
  datastore: Datastore;
  random: Random;
  policy: RetryPolicy;
  logger: Logger;
  concurrency: number;
  onDeadLetter: ((letter: DeadLetter) => unknown) | undefined;
  /** @throws {InvalidMessageError} what nobody can be given. */
  parse(input: unknown): Message;
}
