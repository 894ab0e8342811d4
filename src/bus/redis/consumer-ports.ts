import type { Message } from '../../events/index.ts';
import type { Clock, InFlightCounter, Random, RetryPolicy } from '../../kernel/index.ts';
import type { Broker } from './broker.ts';
import type { Keys } from './keys.ts';
import type { BrokerStates } from './states.ts';

/** What a consumer of the bus is given by it. */
export interface ConsumerPorts {
  readonly broker: Pick<Broker, 'send'>;
  readonly keys: Keys;
  /** Its own, which no other has or has had. */
  readonly consumer: string;
  /** What time it is on the wall: of what is put on record. */
  readonly clock: Clock;
  /** The same without steps: of when a message is tried again. */
  readonly steadyClock: Clock;
  readonly random: Random;
  readonly policy: RetryPolicy;
  readonly concurrency: number;
  readonly remembered: number;
  /** What another holds and has said nothing about for so long is taken over. */
  readonly takeOverMs: number;
  readonly states: BrokerStates;
  readonly inFlight: InFlightCounter;
  /** @throws {InvalidMessageError} */
  parse(input: unknown): Message;
  /** Asks again whenever the broker is back. Rejects when nobody waits for that any more. */
  insist<T>(ask: () => Promise<T>): Promise<T>;
  onOutage(thrown: unknown): void;
  onLostStreams(subscriber: string): void;
  onDead(number: number, letter: string): void;
  /** Something is to be published at that time. */
  onTimer(dueAtMs: number): void;
  onPublished(): void;
}
