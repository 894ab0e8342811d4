import { millisecondsInMinute } from 'date-fns/constants';

/** At most this many messages a minute go to one customer on one channel. */
const messagesPerMinute = 100;

/**
 * Counts in whole minutes: the count starts again when the minute changes, and nothing of
 * earlier minutes is kept. Counts of this process only.
 */
export class RateLimiter {
  #minute = 0;
  /** Channel → customer → messages in this minute. */
  readonly #counts = new Map<string, Map<string, number>>();

  /** Takes a place, or says from when on there is one. @param nowMs Of a clock that makes no steps. */
  take(customerId: string, channel: string, nowMs: number): number | undefined {
    const minute = Math.floor(nowMs / millisecondsInMinute);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#counts.clear();
    }
    const ofChannel = this.#counts.get(channel) ?? new Map<string, number>();
    const count = ofChannel.get(customerId) ?? 0;
    if (count >= messagesPerMinute) return (minute + 1) * millisecondsInMinute;
    this.#counts.set(channel, ofChannel.set(customerId, count + 1));
    return undefined;
  }

  /** Nothing was sent after all. */
  giveBack(customerId: string, channel: string): void {
    const ofChannel = this.#counts.get(channel);
    const count = ofChannel?.get(customerId) ?? 0;
    if (count > 0) ofChannel?.set(customerId, count - 1);
  }
}
