import type { Checkpoint, SubscriberProgress } from '../../datastore/index.ts';
import { LowWatermark } from './low-watermark.ts';

/** How far a subscriber is: what the checkpoint may pass, and what was done ahead of it. */
export class Progress {
  readonly #subscriber: string;
  readonly #watermark = new LowWatermark();
  #position: number;
  #aheadTo: number;

  constructor(subscriber: string, { position, aheadTo }: Checkpoint) {
    this.#subscriber = subscriber;
    this.#position = position;
    this.#aheadTo = aheadTo;
  }

  /** The message at this position is in hand. */
  begin(position: number): void {
    this.#watermark.add(position);
  }

  /**
   * Where the checkpoint can be once these positions are done with, nothing from `unreadFrom` on having been
   * read; undefined when it stays, and nothing ahead of it is new. May be asked again, until it is committed.
   */
  advance(done: readonly number[], unreadFrom: number): SubscriberProgress | undefined {
    for (const position of done) this.#watermark.delete(position);
    const position = Math.min(unreadFrom, this.#watermark.lowest() ?? unreadFrom) - 1;
    const ahead = done.filter((each) => each > position);
    if (position === this.#position && ahead.length === 0) return undefined;
    const passesAhead = position > this.#position && this.#aheadTo > this.#position;
    return { subscriber: this.#subscriber, position, ahead, passesAhead };
  }

  committed({ position, ahead }: SubscriberProgress): void {
    this.#position = position;
    for (const each of ahead) this.#aheadTo = Math.max(this.#aheadTo, each);
  }
}
