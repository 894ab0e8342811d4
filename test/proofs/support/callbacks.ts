import type { Receipts, ReportedReceipt } from '../../../src/delivery/index.ts';
import type { History } from './history.ts';

/** What providers have to report. They call until they have heard that the shop has it on record. */
export class Callbacks {
  readonly #history: History;
  readonly #owed = new Set<ReportedReceipt>();
  readonly #inHand = new Set<Promise<unknown>>();

  constructor(history: History) {
    this.#history = history;
  }

  owe(reports: readonly ReportedReceipt[]): void {
    // Each call is one of its own, also when it says the same.
    for (const report of reports) this.#owed.add({ ...report });
  }

  /** Reports all that is owed; what the shop did not take, because it died of it, is owed still. */
  async call(receipts: Receipts): Promise<void> {
    const reports = [...this.#owed];
    const taking = receipts.take(reports);
    this.#inHand.add(taking);
    try {
      await taking;
    } finally {
      this.#inHand.delete(taking);
    }
    for (const report of reports) {
      this.#owed.delete(report);
      this.#history.note({ kind: 'reported', report });
    }
  }

  /** Resolves when nobody is calling. */
  async settle(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.allSettled(this.#inHand);
  }
}
