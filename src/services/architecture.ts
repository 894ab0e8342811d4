import type { DeliveryKey } from '../datastore/index.ts';
import type { Services } from './services.ts';

/**
 * One way to let customers know what happens in the shop, whole and ready to run: what scenarios, replay,
 * compare, the benchmark and the contract tests drive.
 */
export interface Architecture {
  /** As the command line spells it: `event-sourced`. */
  readonly name: string;
  /** The shop. A command given to it has changed the shop when its promise resolves; who is told follows. */
  readonly services: Services;
  /**
   * Begins to notify, and takes up what an earlier process left unfinished in the datastore. Resolves when
   * commands may be given; call it once.
   */
  start(): Promise<void>;
  /**
   * Resolves when nothing is in flight and nothing is due now. What waits for a later time (quiet hours, a
   * rate limit, a retry) goes on waiting: move the clock, then settle again.
   */
  settle(): Promise<void>;
  /**
   * Sends a delivery that was given up on its way again: under its own id, through every policy step. What comes
   * of it follows; `settle` waits for it.
   * @throws {NotDeadLetteredError} it was not given up, or was re-driven before.
   */
  redrive(delivery: DeliveryKey): Promise<void>;
  /**
   * Finishes what is in hand and takes nothing new. What waits for a later time stays in the datastore,
   * which the caller closes.
   */
  stop(): Promise<void>;
}
