import { StateConflictError } from '../errors.ts';
import { type AnySubscriber, invoke } from '../invoke.ts';
import type { Task } from './entry.ts';
import type { BrokerStates } from './states.ts';
import { done, failed, type Work, type WorkPorts } from './work.ts';

/** So often a handler is asked again since another has changed what it has loaded. */
const mostConflicts = 20;

export interface AttemptPorts extends WorkPorts {
  readonly handler: AnySubscriber;
  readonly states: BrokerStates;
  /** Resolves when the broker knows. The key that another has changed; undefined: nothing stands in the way. */
  commit(work: Work): Promise<string | undefined>;
}

/** One after the other, those who were in each other's way: of many at once one would get through each time. */
export class Turns {
  #last: Promise<unknown> | undefined;

  /** Undefined where nobody is in anybody's way. */
  get waiting(): Promise<unknown> | undefined {
    return this.#last;
  }

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = (this.#last ?? Promise.resolve()).then(work, work);
    const last = mine.then(
      () => {},
      () => {},
    );
    this.#last = last;
    void last.then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return mine;
  }
}

/** Hands a message to its subscriber, and tells the broker what has come of it. Never rejects, unless `commit` does. */
export async function attempt(task: Task, turns: Turns, ports: AttemptPorts): Promise<void> {
  await turns.waiting;
  let conflict = await handOver(task, ports);
  if (conflict === undefined) return;
  await turns.take(async () => {
    for (let asked = 1; conflict !== undefined && asked < mostConflicts; asked++)
      conflict = await handOver(task, ports);
    if (conflict === undefined) return;
    await ports.commit(failed(task, new StateConflictError(ports.subscriber, conflict), ports));
  });
}

async function handOver(task: Task, ports: AttemptPorts): Promise<string | undefined> {
  let work: Work;
  try {
    const { attempt: number, message } = task;
    const handled = await invoke(ports.handler, message, { attempt: number, states: ports.states });
    work = done(task, handled, ports);
  } catch (thrown) {
    work = failed(task, thrown, ports);
  }
  return ports.commit(work);
}
