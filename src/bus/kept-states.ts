import { deepFreeze, RecentMap } from '../kernel/index.ts';
import type { KeptState, StateReader } from './contract.ts';

/** How many that nobody works on are kept in memory where there is a store behind it. */
const mostRecent = 10_000;

interface Entry {
  version: number;
  value: unknown;
  /** Handlers that have loaded it, and changes that are not committed. */
  holders: number;
  /** Until it is known what the store has. */
  loading: Promise<void> | undefined;
}

/** A value that a handler wants to be kept, in place of the one of this version. */
export interface StateWrite {
  readonly key: string;
  readonly value: unknown;
  readonly version: number;
}

const nothingKept: KeptState = { version: 0, value: undefined };

/**
 * What subscribers keep, as the handlers see it: with what was handled and is not committed yet. A change is applied in
 * one step when its handler is through, or not at all.
 */
export class KeptStates {
  /** What the store has; left out, all of it is here. */
  readonly #source: ((subscriber: string, key: string) => Promise<KeptState>) | undefined;
  readonly #entries = new Map<string, Map<string, Entry>>();
  readonly #recent = new RecentMap<Entry>(mostRecent);
  /** The keys of those who were looked at from outside, in order, until there is one more or less. */
  readonly #sortedKeys = new Map<string, readonly string[]>();

  constructor(source?: (subscriber: string, key: string) => Promise<KeptState>) {
    this.#source = source;
  }

  /** Holds it until it is let go. */
  load(subscriber: string, key: string): KeptState | Promise<KeptState> {
    const entry = this.#entryOf(subscriber, key);
    entry.holders++;
    if (entry.loading === undefined) return stateOf(entry);
    return entry.loading.then(() => stateOf(entry));
  }

  letGo(subscriber: string, key: string): void {
    const ofSubscriber = this.#entries.get(subscriber);
    const entry = ofSubscriber?.get(key);
    if (ofSubscriber === undefined || entry === undefined || --entry.holders > 0) return;
    if (this.#source === undefined) {
      if (entry.value === undefined) this.#remove(subscriber, ofSubscriber, key);
      return;
    }
    this.#remove(subscriber, ofSubscriber, key);
    if (entry.loading === undefined) this.#recent.set(nameOf(subscriber, key), entry);
  }

  /**
   * Applies all of these or none; each has to be held.
   * @returns the key that another has changed since; undefined: all were applied.
   */
  apply(subscriber: string, writes: readonly StateWrite[]): string | undefined {
    const entries = this.#entries.get(subscriber);
    for (const { key, version } of writes) if (entries?.get(key)?.version !== version) return key;
    for (const { key, value } of writes) {
      const entry = entries?.get(key) as Entry;
      entry.version++;
      entry.value = deepFreeze(value, entry.value);
      // Until it is committed.
      if (this.#source !== undefined) entry.holders++;
    }
    return undefined;
  }

  /** Whether what is kept goes into a store, and has to be JSON. */
  get isStored(): boolean {
    return this.#source !== undefined;
  }

  /** For a look from outside, where all of it is here. */
  reader(): StateReader {
    return {
      find: async (subscriber, key) => {
        const entry = this.#entries.get(subscriber)?.get(key);
        return entry?.value === undefined ? nothingKept : stateOf(entry);
      },
      list: async (subscriber, { after = '', limit }) => {
        const page: { readonly key: string; readonly version: number; readonly value: unknown }[] = [];
        const keys = this.#keysOf(subscriber);
        for (let at = placeBehind(keys, after); at < keys.length && page.length < limit; at++) {
          const key = keys[at] as string;
          const entry = this.#entries.get(subscriber)?.get(key);
          if (entry?.value !== undefined) page.push({ key, ...stateOf(entry) });
        }
        return page;
      },
    };
  }

  #entryOf(subscriber: string, key: string): Entry {
    let ofSubscriber = this.#entries.get(subscriber);
    if (ofSubscriber === undefined) {
      ofSubscriber = new Map();
      this.#entries.set(subscriber, ofSubscriber);
    }
    const held = ofSubscriber.get(key);
    if (held !== undefined) return held;
    const known = this.isStored ? this.#recent.take(nameOf(subscriber, key)) : undefined;
    const entry = known ?? { version: 0, value: undefined, holders: 0, loading: undefined };
    ofSubscriber.set(key, entry);
    this.#sortedKeys.delete(subscriber);
    if (known === undefined && this.#source !== undefined) this.#fill(entry, this.#source(subscriber, key));
    return entry;
  }

  #remove(subscriber: string, ofSubscriber: Map<string, Entry>, key: string): void {
    ofSubscriber.delete(key);
    this.#sortedKeys.delete(subscriber);
  }

  #keysOf(subscriber: string): readonly string[] {
    const known = this.#sortedKeys.get(subscriber);
    if (known !== undefined) return known;
    const sorted = [...(this.#entries.get(subscriber)?.keys() ?? [])].sort();
    this.#sortedKeys.set(subscriber, sorted);
    return sorted;
  }

  #fill(entry: Entry, reading: Promise<KeptState>): void {
    entry.loading = reading.then(({ version, value }) => {
      entry.version = version;
      entry.value = deepFreeze(value);
      entry.loading = undefined;
    });
  }
}

/** Where the first of the keys stands that comes behind this one. */
function placeBehind(keys: readonly string[], after: string): number {
  let from = 0;
  let to = keys.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] as string) > after) to = middle;
    else from = middle + 1;
  }
  return from;
}

const stateOf = ({ version, value }: Entry): KeptState => ({ version, value });

const nameOf = (subscriber: string, key: string): string => `${subscriber}\n${key}`;
