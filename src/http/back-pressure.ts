import { steadyClock } from '../kernel/index.ts';
import { loadOf } from './load.ts';
import { HttpError } from './problem.ts';
import type { Served } from './served.ts';

/** What waits is counted no more often; so long more may come in than is to wait. */
const countedForMs = 1000;

/** Refuses commands while more waits to be dealt with than is dealt with soon: whoever gives them is to wait, and not the customers. */
export class BackPressure {
  readonly #options: Pick<Served, 'shop' | 'clock' | 'mostWaiting'>;
  #count: Promise<number> | undefined;
  #countedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: Pick<Served, 'shop' | 'clock' | 'mostWaiting'>) {
    this.#options = options;
  }

  /** @throws {HttpError} */
  async refuseWhatIsTooMuch(): Promise<void> {
    const { mostWaiting } = this.#options;
    if (mostWaiting !== undefined && (await this.#waiting(mostWaiting)) > mostWaiting)
      throw tooMuch(mostWaiting);
  }

  #waiting(mostWaiting: number): Promise<number> {
    const { shop, clock } = this.#options;
    const nowMs = steadyClock(clock).now();
    if (this.#count === undefined || nowMs >= this.#countedAtMs + countedForMs) {
      this.#countedAtMs = nowMs;
      this.#count = loadOf(shop, { nowMs: clock.now(), most: mostWaiting + 1 }).then(
        ({ messages, deliveries }) => messages + deliveries,
      );
    }
    return this.#count;
  }
}

const tooMuch = (mostWaiting: number): HttpError =>
  new HttpError(503, 'too_much_waits', {
    message: `more than ${mostWaiting} messages and deliveries wait to be dealt with`,
    help: 'Nothing has changed. Ask again when the backlog is shorter.',
    headers: { 'retry-after': '5' },
  });
