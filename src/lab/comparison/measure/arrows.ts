import { AsyncLocalStorage } from 'node:async_hooks';
import type { PathStep } from '../../../report/index.ts';

/** Who is at work, and how many messages and calls it took to get there. */
interface Acting {
  readonly name: string;
  readonly hops: number;
}

/** An arrow as it was seen. */
export interface Arrow extends Omit<PathStep, 'times'> {
  /** Messages and calls from the command to its end, itself included. */
  readonly hops: number;
}

/** Who stands outside of the shop: gives commands, re-drives, and publishes what no service has. */
export const outside: Acting = { name: 'caller', hops: 0 };

/**
 * Notes arrows, each from whoever is at work when it begins. Who that is travels along with the promises, the
 * messages and the timers, so that nobody has to say who they are.
 */
export class Arrows {
  readonly seen: Arrow[] = [];
  readonly #storage = new AsyncLocalStorage<Acting>();

  get acting(): Acting {
    return this.#storage.getStore() ?? outside;
  }

  /** An arrow from whoever is at work. A read or a write is no hop: what is asked does nothing further. */
  note(arrow: Pick<PathStep, 'kind' | 'to' | 'name'>, from: Acting = this.acting): Acting {
    const isHop = arrow.kind !== 'read' && arrow.kind !== 'write';
    const hops = from.hops + (isHop ? 1 : 0);
    this.seen.push({ ...arrow, from: from.name, hops });
    return { name: arrow.to, hops };
  }

  /** Does something as somebody. */
  as<T>(acting: Acting, work: () => T): T {
    return this.#storage.run(acting, work);
  }

  /** What is called later, by a clock say, as whoever is at work now. */
  bound(work: () => void): () => void {
    const acting = this.#storage.getStore();
    return acting === undefined ? work : () => this.#storage.run(acting, work);
  }

  /** What was seen stays. As long as it watches, each promise in the process takes several times as long. */
  stop(): void {
    this.#storage.disable();
  }
}
