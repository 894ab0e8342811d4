import type { KeptState } from '../bus/index.ts';

/** What a stage keeps under one key, while it handles a message. */
export interface StateCell<State> {
  /** What is kept, or the stage's `initial`. It cannot be changed in place. */
  get(): State;
  /** Takes the place of what was kept: JSON, committed together with the acknowledgement of the message. */
  set(next: State): void;
  /** Nothing is kept from now on: `get` gives the initial one. */
  clear(): void;
}

/** How a stage keeps state. */
export interface StageState<In, State> {
  /** What there is as long as nothing is kept under the key. */
  initial(key: string): State;
  /** Under which key the stage finds what it keeps, given a message. Left out: its subject. */
  key?(message: In): string;
}

/** One value between its loading and its keeping. */
export class Cell<State> implements StateCell<State> {
  readonly #initial: () => State;
  readonly #loaded: KeptState;
  #next: State | undefined;
  #isChanged = false;

  constructor(loaded: KeptState, initial: () => State) {
    this.#loaded = loaded;
    this.#initial = initial;
  }

  get(): State {
    const value = this.#isChanged ? this.#next : (this.#loaded.value as State | undefined);
    return value === undefined ? this.#initial() : value;
  }

  set(next: State): void {
    this.#next = next;
    this.#isChanged = true;
  }

  clear(): void {
    this.#next = undefined;
    this.#isChanged = true;
  }

  /** Hands over what is to be kept, if that is news. */
  keep(keep: (value: unknown, version: number) => void): void {
    if (this.#isChanged) keep(this.#next, this.#loaded.version);
  }
}
