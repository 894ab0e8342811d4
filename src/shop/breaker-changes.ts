import type { Clock, LogFields, Logger } from '../kernel/index.ts';

/** A provider's circuit breaker has opened, lets one message probe the provider, or has closed again. */
export interface BreakerChange {
  readonly atMs: number;
  readonly channel: string;
  readonly state: BreakerState;
}

const states = ['open', 'half-open', 'closed'] as const;
export type BreakerState = (typeof states)[number];

/**
 * Breakers are delivery's own affair, and it puts each change on its log (`channel`, `breaker`): whoever wants to see
 * them reads that log along. Everything goes on to `logger`.
 */
export function heedBreakers(
  logger: Logger,
  clock: Clock,
  onBreaker: (change: BreakerChange) => void,
): Logger {
  const heed = ({ channel, breaker }: LogFields): void => {
    const state = states.find((known) => known === breaker);
    if (state !== undefined) onBreaker({ atMs: clock.now(), channel: String(channel), state });
  };
  return {
    debug: (fields, text) => logger.debug(fields, text),
    error: (fields, text) => logger.error(fields, text),
    info(fields, text) {
      heed(fields);
      logger.info(fields, text);
    },
    warn(fields, text) {
      heed(fields);
      logger.warn(fields, text);
    },
  };
}
