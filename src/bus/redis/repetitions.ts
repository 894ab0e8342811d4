import { RecentMap } from '../../kernel/index.ts';
import type { Broker } from './broker.ts';
import type { Task } from './entry.ts';

/** So many ids are remembered of what a consumer was given, so that of two copies that come together one is handled. */
const mostSeen = 10_000;

/** Recognises what a subscriber has been given before. */
export class Repetitions {
  readonly #broker: Pick<Broker, 'send'>;
  readonly #handled: string;
  /** By message: the entry that it came with first. */
  readonly #seen = new RecentMap<string>(mostSeen);

  /** @param handled the key of what is done with. */
  constructor(broker: Pick<Broker, 'send'>, handled: string) {
    this.#broker = broker;
    this.#handled = handled;
  }

  /** Those that are not done with, nor in hand already with another entry. */
  async without(tasks: readonly Task[]): Promise<readonly Task[]> {
    if (tasks.length === 0) return tasks;
    const ids = tasks.map(({ message }) => message.id);
    const scores = await this.#broker.send<(string | null)[]>(['ZMSCORE', this.#handled, ...ids]);
    return tasks.filter(({ message: { id }, entry }, index) => {
      if (scores[index] !== null) return false;
      const first = this.#seen.get(id) ?? entry;
      this.#seen.set(id, first);
      return first === entry;
    });
  }
}
