import type { Catalogue } from '../../events/index.ts';
import {
  type Clock,
  defaultRetryPolicy,
  type Logger,
  type Random,
  type RetryPolicy,
} from '../../kernel/index.ts';
import type { DeadLetter } from '../contract.ts';
import { checkSettings } from '../settings.ts';
import type { Broker } from './broker.ts';

const weekMs = 7 * 24 * 3_600_000;

export interface RedisEventBusOptions<C extends Catalogue> {
  /** The messages that may be published. */
  catalogue: C;
  clock: Clock;
  /** Has the streams, and all that the bus remembers. The caller's, who closes it after the bus. */
  broker: Broker;
  /** Spreads the retries. */
  random: Random;
  /** When a message that failed is tried again; what is left out has its default. */
  retry?: Partial<RetryPolicy>;
  logger?: Logger;
  /** How many subjects each subscriber may have in hand at once. Default 256. */
  concurrency?: number;
  /** How many message ids are remembered of each subscriber, to recognise a repetition. Default 100,000. */
  remembered?: number;
  /** How long a worker that says nothing keeps what it has in hand, milliseconds of the broker's. Default 30,000. */
  takeOverMs?: number;
  /** How long messages are kept that every subscriber has acknowledged, milliseconds. Default: a week. */
  keptMs?: number;
  /** As {@link DurableEventBusOptions.onDeadLetter}. */
  onDeadLetter?: (letter: DeadLetter) => void | Promise<void>;
}

/** @throws {BadBusSettingError} */
export function withDefaults<C extends Catalogue>(options: RedisEventBusOptions<C>) {
  const { concurrency = 256, remembered = 100_000, takeOverMs = 30_000, keptMs = weekMs } = options;
  const policy = { ...defaultRetryPolicy, ...options.retry };
  checkSettings({ concurrency, remembered, retry: policy });
  return { concurrency, remembered, takeOverMs, keptMs, policy };
}
