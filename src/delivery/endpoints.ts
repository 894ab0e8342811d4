import {
  type BreakerState,
  CircuitBreaker,
  type Clock,
  type Logger,
  Pace,
  type Random,
} from '../kernel/index.ts';
import type { Channel } from './channel.ts';
import { SendWindow } from './send-window.ts';
import type { CompleteSettings } from './settings.ts';

export interface EndpointsOptions {
  channel: Channel | undefined;
  /** One that makes no steps. */
  clock: Clock;
  random: Random;
  settings: CompleteSettings;
  /** Called after each change of a breaker; of which endpoint, or undefined: of the channel's provider. */
  onBreaker(state: BreakerState, endpoint: string | undefined): void;
}

/** What answers for an address: its failures say nothing of others. */
export interface Endpoint {
  readonly breaker: CircuitBreaker;
  readonly pace: Pace;
  readonly window: SendWindow;
}

/** So many are remembered; of more, those that were asked the longest time ago are taken for well again. */
const mostEndpoints = 10_000;
const states: readonly BreakerState[] = ['closed', 'half-open', 'open'];

/**
 * Who is asked when a channel sends. A webhook is answered by the host in its address, which has a circuit breaker, a
 * pace and a share of the places of its own; a mail by its domain, which has a breaker of its own behind a relay that
 * all share; anything else by the one provider of the channel.
 */
export class Endpoints {
  /** The channel's own provider. */
  readonly provider: Endpoint;
  readonly #options: EndpointsOptions;
  /** In the order in which they were asked last. */
  readonly #known = new Map<string, Endpoint>();

  constructor(options: EndpointsOptions) {
    this.#options = options;
    const { clock, random, settings } = options;
    this.provider = {
      breaker: this.#breaker(undefined),
      pace: new Pace({
        clock,
        random,
        ratePerSecond: settings.ratePerSecond,
        longestPauseMs: settings.maxRetryAfterMs,
      }),
      window: new SendWindow({ clock, most: settings.maxInHand }),
    };
  }

  of(address: string): Endpoint {
    const { channel } = this.#options;
    const name = channel?.endpointOf ? channel.endpointOf(address) : endpointIn(address);
    if (name === undefined) return this.provider;
    const endpoint = this.#known.get(name) ?? this.#endpoint(name);
    this.#known.delete(name);
    this.#known.set(name, endpoint);
    if (this.#known.size > mostEndpoints) this.#known.delete(this.#known.keys().next().value as string);
    return endpoint;
  }

  /** The worst of all. */
  get state(): BreakerState {
    const all = [this.provider, ...this.#known.values()].map(({ breaker }) => states.indexOf(breaker.state));
    return states[Math.max(...all)] ?? 'closed';
  }

  #endpoint(name: string): Endpoint {
    const { clock, random, settings } = this.#options;
    const breaker = this.#breaker(name);
    if (!isHost(name)) return { ...this.provider, breaker };
    return {
      breaker,
      pace: new Pace({ clock, random, longestPauseMs: settings.maxRetryAfterMs }),
      window: new SendWindow({ clock, most: Math.max(1, Math.floor(settings.maxInHand / 8)) }),
    };
  }

  #breaker(endpoint: string | undefined): CircuitBreaker {
    const { clock, settings, onBreaker } = this.#options;
    return new CircuitBreaker({
      clock,
      policy: settings.breaker,
      onChange: (state) => onBreaker(state, endpoint),
    });
  }
}

const hostPrefix = 'host ';
const isHost = (name: string): boolean => name.startsWith(hostPrefix);

/** By what an address looks like. */
export function endpointIn(address: string): string | undefined {
  if (/^https?:\/\//i.test(address))
    return URL.canParse(address) ? hostPrefix + new URL(address).host : undefined;
  const at = address.lastIndexOf('@');
  return at < 0 ? undefined : `domain ${address.slice(at + 1).toLowerCase()}`;
}

/** Puts each change of a breaker on the log. */
export const sayingSo =
  ({ channelName: channel, logger }: { readonly channelName: string; readonly logger: Logger }) =>
  (state: BreakerState, endpoint: string | undefined): void => {
    const fields = { channel, breaker: state, ...(endpoint !== undefined && { endpoint }) };
    if (state === 'open') logger.warn(fields, 'the provider fails, and is left alone');
    else logger.info(fields, state === 'closed' ? 'the provider is back' : 'the provider is probed');
  };
