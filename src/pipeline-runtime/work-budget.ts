import { RecentMap } from '../kernel/index.ts';

/** Of so many correlations it is known what they have spent; of one that was forgotten the count begins anew. */
const mostCorrelations = 10_000;

/** How many messages the stages may make of one correlation: a bound on work, where hops are one on length. */
export class WorkBudget {
  readonly #maxMessages: number;
  /** What each has left, by its id; where one is unknown, it has all. */
  readonly #left = new RecentMap<number>(mostCorrelations);

  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  /** Spends it, and says whether there was as much. */
  spend(correlationId: string, messages: number): boolean {
    if (messages === 0) return true;
    const left = this.#leftOf(correlationId);
    if (messages > left) return false;
    this.#left.set(correlationId, left - messages);
    return true;
  }

  /** Work begins that has an end of its own, and counts as its own. */
  extend(correlationId: string): void {
    this.#left.set(correlationId, this.#leftOf(correlationId) + this.#maxMessages);
  }

  #leftOf(correlationId: string): number {
    return this.#left.get(correlationId) ?? this.#maxMessages;
  }
}
