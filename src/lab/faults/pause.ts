import type { Datastore } from '../../datastore/index.ts';
import type { Channel } from '../../delivery/index.ts';
import { type Clock, intercept } from '../../kernel/index.ts';

/**
 * Stops one worker among several, as SIGSTOP would, and lets it go on later, with everything that it had in hand: it asks the
 * world nothing, hears no answer, and no timer of its own rings, while the time of all others passes.
 */
export class Pause {
  #opened: Promise<void> = Promise.resolve();
  #open: (() => void) | undefined;

  get isPaused(): boolean {
    return this.#open !== undefined;
  }

  begin(): void {
    if (this.#open !== undefined) return;
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  end(): void {
    this.#open?.();
    this.#open = undefined;
  }

  clock(clock: Clock): Clock {
    const later = (run: () => void) => () => {
      if (this.isPaused) void this.#opened.then(later(run));
      else run();
    };
    return intercept(clock, {
      instead: {
        schedule: (atMs, run) => clock.schedule(atMs, later(run)),
        ...(clock.after && { after: (delayMs, run) => clock.after?.(delayMs, later(run)) ?? (() => {}) }),
      },
    });
  }

  datastore(datastore: Datastore): Datastore {
    return intercept(datastore, {
      around: (_, call) => this.#passing(async () => call()),
      within: (_, store) =>
        intercept(store, {
          around: (method, call) => (method === 'pages' ? call() : this.#passing(async () => call())),
        }),
    });
  }

  channel(channel: Channel): Channel {
    return intercept(channel, {
      instead: { send: (message, context) => this.#passing(() => channel.send(message, context)) },
    });
  }

  async #passing<T>(work: () => Promise<T>): Promise<T> {
    while (this.isPaused) await this.#opened;
    try {
      return await work();
    } finally {
      while (this.isPaused) await this.#opened;
    }
  }
}
