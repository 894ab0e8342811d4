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

/** Hands a message to a subscriber; gives what it came to, once it has succeeded and what it keeps is applied. */
export async function invoke(
  subscriber: AnySubscriber,
  message: Message,
  { attempt, states }: { readonly attempt: number; readonly states: KeptStates },
): Promise<Handled> {
  for (let conflicts = 0; ; conflicts++) {
    const wishes = new Wishes();
    try {
      await subscriber.handle(message, contextOf(subscriber.name, { attempt, states, wishes }));
      if (wishes.isPlain) return wishes;
      const handled = wishes.encoded(subscriber.name, states.isStored);
      const conflict = states.apply(subscriber.name, handled.states);
      if (conflict === undefined) return handled;
      if (conflicts >= mostConflicts) throw new StateConflictError(subscriber.name, conflict);
    } finally {
      if (wishes.held !== undefined) for (const key of wishes.held) states.letGo(subscriber.name, key);
    }
  }
}

/** What a handler has said while it was at work. Most want nothing but to emit. */
class Wishes implements Handled {
  emitted: unknown[] = [];
  givenUp: Handled['givenUp'];
  states: readonly never[] = none;
  timers: readonly never[] = none;
  held: string[] | undefined;
  kept: StateWrite[] | undefined;
  set: TimerWrite[] | undefined;

  get isPlain(): boolean {
    return this.kept === undefined && this.set === undefined;
  }

  /** @throws {UnkeepableError} */
  encoded(subscriber: string, isStored: boolean): Handled {
    const json = (key: string, value: unknown): string | null =>
      isStored ? toJson(subscriber, key, value) : null;
    return {
      emitted: this.emitted,
      givenUp: this.givenUp,
      states: (this.kept ?? none).map((write) => ({ ...write, json: json(write.key, write.value) })),
      timers: (this.set ?? none).map((write) => ({ ...write, json: json(write.key, write.timer?.message) })),
    };
  }
}

function contextOf(
  subscriber: string,
  {
    attempt,
    states,
    wishes,
  }: { readonly attempt: number; readonly states: KeptStates; readonly wishes: Wishes },
): MessageContext<MessageMap> {
  return {
    attempt,
    publish(messages) {
      for (const emission of messages) wishes.emitted.push(emission);
    },
    giveUp(thrown) {
      wishes.givenUp = { thrown };
    },
    load(key) {
      wishes.held ??= [];
      wishes.held.push(key);
      return states.load(subscriber, key);
    },
    keep(key, value, version) {
      wishes.kept ??= [];
      wishes.kept.push({ key, value, version });
    },
    schedule(key, dueAtMs, message) {
      wishes.set ??= [];
      wishes.set.push({ key, timer: { dueAtMs, message } });
    },
    cancel(key) {
      wishes.set ??= [];
      wishes.set.push({ key, timer: null });
    },
  };
}

/** @throws {UnkeepableError} */
function toJson(subscriber: string, key: string, value: unknown): string | null {
  try {
    return JSON.stringify(value) ?? null;
  } catch (thrown) {
    throw new UnkeepableError(subscriber, key, thrown);
  }
}
