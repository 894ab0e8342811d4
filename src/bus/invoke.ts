import type { Message, MessageMap } from '../events/index.ts';
import type { KeptState, Subscriber } from './contract.ts';
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
    const { handled, conflict } = await ask(subscriber, message, { attempt, states });
    if (conflict === undefined) return handled;
    if (conflicts >= mostConflicts) throw new StateConflictError(subscriber.name, conflict);
  }
}

async function ask(
  subscriber: AnySubscriber,
  message: Message,
  { attempt, states }: { readonly attempt: number; readonly states: KeptStates },
): Promise<{ readonly handled: Handled; readonly conflict: string | undefined }> {
  const { name } = subscriber;
  const emitted: unknown[] = [];
  let givenUp: Handled['givenUp'];
  // Most handlers load nothing.
  let held: string[] | undefined;
  let kept: StateWrite[] | undefined;
  let timers: TimerWrite[] | undefined;
  const setTimer = (write: TimerWrite): void => {
    timers ??= [];
    timers.push(write);
  };
  try {
    await subscriber.handle(message, {
      attempt,
      publish(messages) {
        for (const emission of messages) emitted.push(emission);
      },
      giveUp(thrown) {
        givenUp = { thrown };
      },
      load(key): KeptState | Promise<KeptState> {
        held ??= [];
        held.push(key);
        return states.load(name, key);
      },
      keep(key, value, version) {
        kept ??= [];
        kept.push({ key, value, version });
      },
      schedule: (key, dueAtMs, later) => setTimer({ key, timer: { dueAtMs, message: later } }),
      cancel: (key) => setTimer({ key, timer: null }),
    });
    if (kept === undefined && timers === undefined)
      return { handled: { emitted, givenUp, states: none, timers: none }, conflict: undefined };
    const toStore = states.isStored ? (key: string, value: unknown) => toJson(name, key, value) : () => null;
    const handled = {
      emitted,
      givenUp,
      states: (kept ?? none).map((write) => ({ ...write, json: toStore(write.key, write.value) })),
      timers: (timers ?? none).map((write) => ({ ...write, json: toStore(write.key, write.timer?.message) })),
    };
    return { handled, conflict: states.apply(name, handled.states) };
  } finally {
    if (held !== undefined) for (const key of held) states.letGo(name, key);
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
