import type { Message, MessageMap } from '../events/index.ts';
import type { MessageContext, Subscriber } from './contract.ts';
import { StateConflictError, UnkeepableError } from './errors.ts';
import type { KeptStates, StateWrite } from './kept-states.ts';

/** A subscriber as a bus sees it from inside, where all messages are alike. */
export type AnySubscriber = Subscriber<MessageMap>;

/** What a handler wants published later; null: not any more. */
export interface TimerWrite {
  readonly key: string;
  readonly timer: { readonly dueAtMs: number; readonly message: Message } | null;
}

/** With what goes into the store, if there is one: JSON; null: nothing. */
type Stored<Write> = Write & { readonly json: string | null };

/** What a subscriber has come to that did not throw. */
export interface Handled {
  readonly emitted: readonly unknown[];
  /** Why it has given the message up; undefined: it has not. */
  readonly givenUp: { readonly thrown: unknown } | undefined;
  /** Applied already. */
  readonly states: readonly Stored<StateWrite>[];
  readonly timers: readonly Stored<TimerWrite>[];
}

/** So often a handler is asked again since another has changed what it has loaded. */
const mostConflicts = 20;

const none: readonly never[] = [];

interface Call {
  readonly attempt: number;
  readonly states: Pick<KeptStates, 'load' | 'letGo' | 'apply' | 'isStored'>;
}

/**
 * Hands a message to a subscriber; gives what it came to, once it has succeeded and what it keeps is applied. At once, where
 * the subscriber is through at once.
 * @throws whatever the subscriber throws at once.
 */
export function invoke(subscriber: AnySubscriber, message: Message, call: Call): Handled | Promise<Handled> {
  const wishes = new Wishes(subscriber.name, call);
  let handling: Promise<void> | undefined;
  try {
    handling = subscriber.handle(message, wishes.context) ?? undefined;
    if (handling === undefined) {
      const handled = wishes.applied();
      if (typeof handled !== 'string') return handled;
    }
  } finally {
    if (handling === undefined) wishes.letGo();
  }
  return insist(subscriber, message, call, handling && { wishes, handling });
}

/** Asks again, as long as another changes what was loaded. */
async function insist(
  subscriber: AnySubscriber,
  message: Message,
  call: Call,
  begun: { readonly wishes: Wishes; readonly handling: Promise<void> } | undefined,
): Promise<Handled> {
  let current = begun;
  for (let conflicts = begun === undefined ? 1 : 0; ; conflicts++) {
    const wishes = current?.wishes ?? new Wishes(subscriber.name, call);
    try {
      await (current === undefined ? subscriber.handle(message, wishes.context) : current.handling);
      const handled = wishes.applied();
      if (typeof handled !== 'string') return handled;
      if (conflicts >= mostConflicts) throw new StateConflictError(subscriber.name, handled);
      current = undefined;
    } finally {
      wishes.letGo();
    }
  }
}

/** What a handler has said while it was at work. Most want nothing but to emit. */
class Wishes implements Handled {
  readonly #subscriber: string;
  readonly #call: Call;
  emitted: readonly unknown[] = none;
  givenUp: Handled['givenUp'];
  readonly states: readonly never[] = none;
  readonly timers: readonly never[] = none;
  #held: string[] | undefined;
  #kept: Stored<StateWrite>[] | undefined;
  #set: Stored<TimerWrite>[] | undefined;

  constructor(subscriber: string, call: Call) {
    this.#subscriber = subscriber;
    this.#call = call;
  }

  /** A plain object: whoever stands between may copy it, and take out what it needs. */
  get context(): MessageContext<MessageMap> {
    const wishes = this;
    const { attempt, states } = this.#call;
    return {
      attempt,
      publish(messages) {
        wishes.emitted = wishes.emitted.length === 0 ? [...messages] : [...wishes.emitted, ...messages];
      },
      giveUp(thrown) {
        wishes.givenUp = { thrown };
      },
      load(key) {
        wishes.#held ??= [];
        wishes.#held.push(key);
        return states.load(wishes.#subscriber, key);
      },
      keep(key, value, version) {
        wishes.#kept ??= [];
        wishes.#kept.push({ key, value, version, json: null });
      },
      schedule(key, dueAtMs, message) {
        wishes.#time(key, { dueAtMs, message });
      },
      cancel(key) {
        wishes.#time(key, null);
      },
    };
  }

  #time(key: string, timer: TimerWrite['timer']): void {
    this.#set ??= [];
    this.#set.push({ key, timer, json: null });
  }

  /**
   * The handler is through: what it keeps is applied, all or nothing.
   * @returns what it came to, or the key that another has changed meanwhile.
   * @throws {UnkeepableError}
   */
  applied(): Handled | string {
    if (this.#kept === undefined && this.#set === undefined) return this;
    const { states } = this.#call;
    const handled = states.isStored ? this.#encoded() : this.#asItIs();
    return states.apply(this.#subscriber, handled.states) ?? handled;
  }

  /** What it has loaded may be forgotten. */
  letGo(): void {
    if (this.#held === undefined) return;
    for (const key of this.#held) this.#call.states.letGo(this.#subscriber, key);
  }

  /** Where nothing of it goes into a store. No function is made for it: this is said of most messages. */
  #asItIs(): Handled {
    const { emitted, givenUp } = this;
    return { emitted, givenUp, states: this.#kept ?? none, timers: this.#set ?? none };
  }

  #encoded(): Handled {
    const json = (key: string, value: unknown): string | null => toJson(this.#subscriber, key, value);
    return {
      emitted: this.emitted,
      givenUp: this.givenUp,
      states: (this.#kept ?? none).map((write) => ({ ...write, json: json(write.key, write.value) })),
      timers: (this.#set ?? none).map((write) => ({ ...write, json: json(write.key, write.timer?.message) })),
    };
  }
}

/** @throws {UnkeepableError} */
function toJson(subscriber: string, key: string, value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch (thrown) {
    throw new UnkeepableError(subscriber, key, thrown);
  }
}
