import { type Channel, type Faults, FaultyChannel, faultKinds } from '../delivery/index.ts';
import { type Clock, seededRandom } from '../kernel/index.ts';

export type FaultKind = 'down' | 'slow' | 'busy' | 'refuses';

interface Fault {
  readonly kind: FaultKind;
  /** What it does, as completes "The sms provider …". */
  readonly words: string;
  readonly sinceMs: number;
}

export interface ProviderState {
  readonly channel: string;
  /** Null: it is well. */
  readonly fault: Fault | null;
}

/** The providers of captured channels, which somebody may break by hand, and mend. Real ones are never among them. */
export class BreakableProviders {
  readonly #clock: Clock;
  readonly #channels: readonly FaultyChannel[];
  readonly #faults = new Map<string, Fault>();

  constructor(channels: readonly Channel[], clock: Clock) {
    this.#clock = clock;
    this.#channels = channels.map(
      (channel) => new FaultyChannel(channel, { clock, random: seededRandom(1) }),
    );
  }

  /** For the shop, in place of those that were given. */
  get channels(): readonly Channel[] {
    return this.#channels;
  }

  states(): ProviderState[] {
    return this.#channels.map(({ name }) => ({ channel: name, fault: this.#faults.get(name) ?? null }));
  }

  has(channel: string): boolean {
    return this.#channels.some(({ name }) => name === channel);
  }

  /** In place of what was wrong with it before. */
  break(channel: string, kind: Exclude<FaultKind, 'refuses'>): ProviderState {
    const { words, faults } = faultKinds[kind];
    // It goes down once, and is down from then on.
    return this.#set(channel, faults, { kind, words: kind === 'down' ? 'takes nothing' : words });
  }

  /** @param of the customer, as whoever breaks it calls them */
  refuse(channel: string, recipient: { readonly of: string; readonly address: string }): ProviderState {
    const words = `refuses the address of ${recipient.of} for good`;
    return this.#set(channel, { blockedRecipients: [recipient.address] }, { kind: 'refuses', words });
  }

  mend(channel: string): ProviderState {
    return this.#set(channel, {});
  }

  #set(channel: string, faults: Faults, fault?: Omit<Fault, 'sinceMs'>): ProviderState {
    for (const each of this.#channels) if (each.name === channel) each.faults = faults;
    if (fault === undefined) this.#faults.delete(channel);
    else this.#faults.set(channel, { ...fault, sinceMs: this.#clock.now() });
    return { channel, fault: this.#faults.get(channel) ?? null };
  }
}
