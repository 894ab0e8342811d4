/** The names of the keys that a bus has at its broker. A subscriber's name is that of its consumer group too. */
export const keysOf = (prefix: string) => ({
  /** A stream of all messages: each entry has one under `m`, as JSON. */
  messages: `${prefix}:messages`,
  /** What is to be published later: by the time, and by name. */
  timers: `${prefix}:timers`,
  timerMessages: `${prefix}:timer-messages`,
  /** Dead letters by their number, which is counted beside them. */
  dead: `${prefix}:dead`,
  deadNumber: `${prefix}:dead-number`,
  of: (subscriber: string): SubscriberKeys => ({
    again: `${prefix}:again:${subscriber}`,
    retries: `${prefix}:retries:${subscriber}`,
    handled: `${prefix}:handled:${subscriber}`,
    states: `${prefix}:states:${subscriber}`,
    stateKeys: `${prefix}:state-keys:${subscriber}`,
  }),
});

export interface SubscriberKeys {
  /** A stream of what it is handed again: each entry has a {@link Again} under `r`, as JSON. */
  readonly again: string;
  /** The same, by when it is due. */
  readonly retries: string;
  /** The ids of the messages that are done with, by when they came. */
  readonly handled: string;
  /** `3 {"a":1}`: version and value, by key; and the keys in their order. */
  readonly states: string;
  readonly stateKeys: string;
}

export type Keys = ReturnType<typeof keysOf>;

/** A message that is handed to a subscriber again. */
export interface Again {
  /** JSON, as it was published. */
  readonly message: string;
  /** Made so far. */
  readonly attempts: number;
  readonly firstFailedAtMs: number | null;
  /** The entry that it came with first. */
  readonly origin: string;
}
