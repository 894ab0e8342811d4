import { InputError } from '../../kernel/index.ts';
import { DuplicateSubscriberError, UnknownSubscriberError } from '../errors.ts';
import type { AnySubscriber } from '../invoke.ts';
import { checkSettings } from '../settings.ts';
import type { Broker } from './broker.ts';
import { Consumer } from './consumer.ts';
import type { ConsumerPorts } from './consumer-ports.ts';
import { isGroupGone } from './errors.ts';
import { replaying, run, trimming } from './scripts.ts';

export interface ConsumersOptions extends Omit<ConsumerPorts, 'consumer' | 'broker'> {
  readonly broker: Pick<Broker, 'send' | 'newName'>;
  /** How long messages are kept that every group has acknowledged, milliseconds. */
  readonly keptMs: number;
}

/** How often is looked for what need not be kept, milliseconds. */
const trimmedEveryMs = 60_000;

/** The subscribers of one bus, and those who have left and are not done yet. */
export class Consumers {
  readonly #options: ConsumersOptions;
  readonly #present = new Map<string, Consumer>();
  readonly #leaving = new Set<Promise<void>>();
  #trimmedAtMs: number;

  constructor(options: ConsumersOptions) {
    this.#options = options;
    this.#trimmedAtMs = options.steadyClock.now();
  }

  /** @returns what ends the subscription. */
  subscribe(handler: AnySubscriber): () => void {
    const { name, concurrency, retry } = handler;
    if (this.#present.has(name)) throw new DuplicateSubscriberError(name);
    checkSettings({ concurrency, retry });
    const consumer = new Consumer(handler, {
      ...this.#options,
      consumer: this.#options.broker.newName(),
    });
    this.#present.set(name, consumer);
    void consumer.open();
    return () => {
      // Called twice, it must leave a successor under the same name alone.
      if (this.#present.get(name) !== consumer) return;
      this.#present.delete(name);
      this.#leave(consumer);
    };
  }

  /** Whether any has no place, since the broker was away. */
  get areOutside(): boolean {
    return [...this.#present.values()].some(({ isOutside }) => isOutside);
  }

  async open(): Promise<void> {
    await Promise.all([...this.#present.values()].map((consumer) => consumer.open()));
  }

  wake(): void {
    for (const consumer of this.#present.values()) {
      if (consumer.isOutside) void consumer.open();
      else consumer.wake();
    }
  }

  async tick(): Promise<void> {
    await Promise.all([...this.#present.values()].map((consumer) => consumer.tick()));
    const { steadyClock, broker, keys, keptMs } = this.#options;
    if (steadyClock.now() - this.#trimmedAtMs < trimmedEveryMs) return;
    this.#trimmedAtMs = steadyClock.now();
    await run(broker, trimming, [keys.messages], [keptMs]);
  }

  /** How much anybody holds of what is for one of these. */
  async pending(): Promise<number> {
    const counts = await Promise.all([...this.#present.values()].map((consumer) => consumer.pending()));
    return counts.reduce((one, other) => one + other, 0);
  }

  async replay(name: string, from: string): Promise<void> {
    const { broker, keys } = this.#options;
    const { again, handled, retries } = keys.of(name);
    const [ms, before] = placeBefore(from);
    try {
      await run(broker, replaying, [keys.messages, again, handled, retries, keys.dead], [name, before, ms]);
    } catch (thrown) {
      if (isGroupGone(thrown)) throw new UnknownSubscriberError(name);
      throw thrown;
    }
    this.wake();
  }

  /** Begins nothing that waits. */
  finish(): void {
    for (const consumer of this.#present.values()) consumer.finish();
  }

  /** Resolves when all have left. */
  async end(): Promise<void> {
    for (const consumer of this.#present.values()) this.#leave(consumer);
    this.#present.clear();
    await Promise.all(this.#leaving);
  }

  #leave(consumer: Consumer): void {
    const left = consumer.leave().catch((thrown) => this.#options.onOutage(thrown));
    this.#leaving.add(left);
    void left.then(() => this.#leaving.delete(left));
  }
}

const lastSequence = 2n ** 64n - 1n;

/**
 * The moment of an entry, and the last place before it.
 * @throws {InputError}
 */
function placeBefore(entry: string): [ms: string, before: string] {
  const [, ms, sequence = '0'] = /^(\d{1,15})(?:-(\d{1,19}))?$/.exec(entry) ?? [];
  if (ms === undefined) {
    const help = 'Entries are named as 1700000000000-0, or by their moment.';
    throw new InputError({ message: `the stream has no entry ${entry}`, help });
  }
  if (BigInt(sequence) > 0n) return [ms, `${ms}-${BigInt(sequence) - 1n}`];
  return [ms, BigInt(ms) === 0n ? '0-0' : `${BigInt(ms) - 1n}-${lastSequence}`];
}
