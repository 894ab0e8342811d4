import type { Task } from './entry.ts';

type Place = Pick<Task, 'isAgain' | 'entry'>;

const nameOf = ({ isAgain, entry }: Place): string => `${isAgain} ${entry}`;

/** The messages that a consumer has been given and has not acknowledged. */
export class Held {
  readonly #tasks = new Map<string, Task>();

  get size(): number {
    return this.#tasks.size;
  }

  has(place: Place): boolean {
    return this.#tasks.has(nameOf(place));
  }

  add(task: Task): void {
    this.#tasks.set(nameOf(task), task);
  }

  remove(task: Task): void {
    this.#tasks.delete(nameOf(task));
  }

  /** Those whose handlers have not begun; they are not held any more. */
  takeWaiting(): Task[] {
    const waiting = [...this.#tasks.values()].filter(({ isBegun }) => !isBegun);
    for (const task of waiting) this.remove(task);
    return waiting;
  }

  entries(isAgain: boolean): string[] {
    return entriesOf([...this.#tasks.values()], isAgain);
  }

  /** Another worker has it. */
  lose(place: Place): void {
    const task = this.#tasks.get(nameOf(place));
    if (task) task.isLost = true;
  }
}

export const entriesOf = (tasks: readonly Task[], isAgain: boolean): string[] =>
  tasks.filter((task) => task.isAgain === isAgain).map(({ entry }) => entry);
