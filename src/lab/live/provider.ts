import type { Receipt } from '../../delivery/index.ts';

/** What came of giving it a message. */
export interface TakenBy {
  /** It had one under this key already: a customer sees it once, since the key tells. */
  readonly isRepeated: boolean;
  /** Left out: its yes is lost. */
  readonly receipt?: Receipt;
}

/** The provider of one column, with a journal of its own: what stands there customers have, whatever the shop believes. */
export class ColumnProvider {
  readonly #timesByKey = new Map<string, number>();
  #withholdsFrom: string | undefined;

  /** It takes the next message of this channel, and its yes is lost; undefined: no more. */
  withholdNext(channel: string | undefined): void {
    this.#withholdsFrom = channel;
  }

  /** It was to lose one, and none has come. */
  get isWithholding(): boolean {
    return this.#withholdsFrom !== undefined;
  }

  take(channel: string, key: string): TakenBy {
    const times = (this.#timesByKey.get(key) ?? 0) + 1;
    this.#timesByKey.set(key, times);
    const isRepeated = times > 1;
    if (channel === this.#withholdsFrom) {
      this.#withholdsFrom = undefined;
      return { isRepeated };
    }
    return { isRepeated, receipt: { id: `provider-${key}` } };
  }

  /** Different messages that it has taken. */
  get delivered(): number {
    return this.#timesByKey.size;
  }

  /** How often it was given one that it had. */
  get repeated(): number {
    let repeated = 0;
    for (const times of this.#timesByKey.values()) repeated += times - 1;
    return repeated;
  }
}
