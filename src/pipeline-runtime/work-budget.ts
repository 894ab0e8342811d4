/** Of so many correlations it is known what they have spent; of one that was forgotten the count begins anew. */
const mostCorrelations = 10_000;

/** How many messages the stages may make of one correlation: a bound on work, where hops are one on length. */
export class WorkBudget {
  readonly #maxMessages: number;
  /** What each has left, by its id; where one is unknown, it has all. Those of the latest, and those before them. */
  #left = new Map<string, number>();
  #before: ReadonlyMap<string, number> = new Map();

  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  /** Spends it, and says whether there was as much. */
  spend(correlationId: string, messages: number): boolean {
    if (messages === 0) return true;
    const left = this.#leftOf(correlationId);
    if (messages > left) return false;
    this.#note(correlationId, left - messages);
    return true;
  }

  /** Work begins that has an end of its own, and counts as its own. */
  extend(correlationId: string): void {
    this.#note(correlationId, this.#leftOf(correlationId) + this.#maxMessages);
  }

  #leftOf(correlationId: string): number {
    return this.#left.get(correlationId) ?? this.#before.get(correlationId) ?? this.#maxMessages;
  }

  /** One by one the oldest could only be forgotten with a list of their age, and a look at it for each message. */
  #note(correlationId: string, left: number): void {
    this.#left.set(correlationId, left);
    if (this.#left.size < mostCorrelations) return;
    this.#before = this.#left;
    this.#left = new Map();
  }
}
