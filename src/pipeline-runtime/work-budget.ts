import { RecentMap } from '../kernel/index.ts';

/** So many correlations are counted at a time; of one that was forgotten the count begins anew. */
const mostCorrelations = 10_000;

interface Account {
  spent: number;
  allowed: number;
}

/** How many messages the stages may make of one correlation: a bound on work, where hops are one on length. */
export class WorkBudget {
  readonly #maxMessages: number;
  readonly #accounts = new RecentMap<Account>(mostCorrelations);

  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  /** Spends it, and says whether there was as much. */
  spend(correlationId: string, messages: number): boolean {
    if (messages === 0) return true;
    const account = this.#accountOf(correlationId);
    if (account.spent + messages > account.allowed) return false;
    account.spent += messages;
    return true;
  }

  /** Work begins that has an end of its own, and counts as its own. */
  extend(correlationId: string): void {
    this.#accountOf(correlationId).allowed += this.#maxMessages;
  }

  #accountOf(correlationId: string): Account {
    const known = this.#accounts.get(correlationId);
    if (known !== undefined) return known;
    const account = { spent: 0, allowed: this.#maxMessages };
    this.#accounts.set(correlationId, account);
    return account;
  }
}
