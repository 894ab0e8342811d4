import { Ring } from '../../kernel/index.ts';

/** What a capturing channel would have sent. */
export interface Captured {
  readonly deliveryId: string;
  readonly to: string;
}

/** The latest messages of a capturing channel, to be read back; older ones are dropped. */
export class Outbox<T extends Captured> {
  readonly #ring: Ring<T>;
  #count = 0;

  constructor(capacity: number) {
    this.#ring = new Ring(capacity);
  }

  add(message: T): void {
    this.#ring.add(message);
    this.#count++;
  }

  /** How many there have been. */
  get count(): number {
    return this.#count;
  }

  /** Oldest first. */
  all(): readonly T[] {
    return this.#ring.items();
  }

  find(deliveryId: string): T | undefined {
    return this.all().findLast((message) => message.deliveryId === deliveryId);
  }
}

/** How many messages a capturing channel keeps unless it is told otherwise. */
export const defaultCapacity = 1000;
