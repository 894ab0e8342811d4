import type { DeliveryKey } from '../datastore/index.ts';
import type { SentText } from '../delivery/index.ts';
import type { OwnText } from '../notifications/index.ts';
import type { AnsweringServices } from '../services/index.ts';

/**
 * One way to let customers know what happens in the shop, whole and ready to run: what scenarios, replay,
 * compare, the benchmark and the contract tests drive.
 */
export interface Architecture {
  /** As the command line spells it: `event-sourced`. */
  readonly name: string;
  /** The shop. A command given to it has changed the shop when its promise resolves; who is told follows. */
  readonly services: AnsweringServices;
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
   * Sends one's own text to one customer on one channel: it is in the ledger, retried and explained as everything else.
   * The same `notificationId` on the same channel is sent once. Resolves when it is taken: in the ledger, or on the bus
   * where a command leads there.
   * @throws {RefusedTextError} its form, its channel or its recipient; nothing is left of it.
   * @throws {TextDiffersError} under this id another text was asked for.
   */
  send(text: OwnText): Promise<SentText>;
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

/**
 * Stands something around a part of an architecture while it is put together, so that every call to it can be
 * watched: gives back what takes its place. The name is of the part, and stays the same.
 */
export type Interceptor = <Part extends object>(name: string, part: Part) => Part;

/** What an architecture does otherwise than others, and admits. */
export interface Divergence {
  /** Stable: `lost-with-the-process`. */
  readonly id: string;
  /** In a sentence, with a full stop. */
  readonly words: string;
  /** What it does to customers and callers under which fault, by the names that `compare` has for both. */
  readonly effects?: readonly {
    readonly effect: 'lost' | 'doubled' | 'blocked' | 'late';
    readonly fault: string;
  }[];
  /** The effects are seen only when it is handed over like this: `in-memory`, `after-commit`. Left out: however. */
  readonly handOver?: string;
  /** What services reach here, and need not elsewhere: parts they call, and what they read or write. */
  readonly reaches?: readonly { readonly service: string; readonly what: readonly string[] }[];
  /** The file of the test that shows it, from the root of the repository. */
  readonly shownBy: string;
}
