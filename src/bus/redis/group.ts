import type { Broker } from './broker.ts';
import type { Entry } from './entry.ts';
import { isGroupGone } from './errors.ts';
import { givingBack, leaving, renewing, run } from './scripts.ts';

/** What is given back belongs to nobody, for so long that whoever asks has it, milliseconds. */
const givenBackTo = 'given-back';
const givenBackIdleMs = 10 * 365 * 24 * 3_600_000;

/** A consumer that has asked for nothing for so long has died, milliseconds. */
const deadAfterMs = 24 * 3_600_000;

export interface Read {
  readonly isAgain: boolean;
  readonly entries: readonly Entry[];
}

export interface GroupOptions {
  readonly broker: Pick<Broker, 'send'>;
  readonly messages: string;
  readonly again: string;
  readonly name: string;
  readonly consumer: string;
  /** Its place was gone: somebody has thrown the streams away, or the broker has come back without them. */
  onLost(): void;
}

/** A subscriber's consumer group in both of its streams, as one of its consumers sees it. */
export class Group {
  readonly #options: GroupOptions;
  readonly #streams: readonly string[];

  constructor(options: GroupOptions) {
    this.#options = options;
    this.#streams = [options.messages, options.again];
  }

  /** A new one begins at the end, one whose name is known where it stopped. */
  async open(from = '$'): Promise<void> {
    const { broker, name } = this.#options;
    const make = (stream: string, at: string): Promise<unknown> =>
      broker.send(['XGROUP', 'CREATE', stream, name, at, 'MKSTREAM']).catch((thrown) => {
        if (!String(thrown).includes('BUSYGROUP')) throw thrown;
      });
    // Both are asked for at once, so that whoever publishes next finds them there.
    const [messages = '', again = ''] = this.#streams;
    await Promise.all([make(messages, from), make(again, '0')]);
  }

  /** What nobody of the group has been given, at most so many of each stream. */
  async read(most: number): Promise<readonly Read[]> {
    const { broker, name, consumer } = this.#options;
    const ask = (): Promise<[string, Entry[]][] | null> =>
      broker.send([
        'XREADGROUP',
        'GROUP',
        name,
        consumer,
        'COUNT',
        String(most),
        'STREAMS',
        ...this.#streams,
        '>',
        '>',
      ]);
    const read = await this.#mended(ask);
    return (read ?? []).map(([stream, entries]) => ({ isAgain: stream === this.#options.again, entries }));
  }

  /** What others of the group hold, and have said nothing about for so long. */
  async takeOver(idleMs: number, most: number): Promise<readonly Read[]> {
    const { broker, name, consumer } = this.#options;
    const taken: Read[] = [];
    for (const stream of this.#streams) {
      const args = [stream, name, consumer, String(idleMs), '0', 'COUNT', String(most)];
      const [, entries] = await this.#mended(() => broker.send<[string, Entry[]]>(['XAUTOCLAIM', ...args]));
      taken.push({ isAgain: stream === this.#options.again, entries });
    }
    return taken;
  }

  /** It is alive, and keeps these. Gives those that are not its any more. */
  renew(isAgain: boolean, entries: readonly string[]): Promise<string[]> {
    const { broker, name, consumer } = this.#options;
    return run(broker, renewing, [this.#streamOf(isAgain)], [name, consumer, ...entries]);
  }

  async giveBack(isAgain: boolean, entries: readonly string[]): Promise<void> {
    if (entries.length === 0) return;
    const { broker, name, consumer } = this.#options;
    const args = [name, consumer, givenBackTo, givenBackIdleMs, ...entries];
    await run(broker, givingBack, [this.#streamOf(isAgain)], args);
  }

  async acknowledge(isAgain: boolean, entries: readonly string[]): Promise<void> {
    if (entries.length === 0) return;
    const stream = this.#streamOf(isAgain);
    await this.#options.broker.send(['XACK', stream, this.#options.name, ...entries]);
  }

  /** How much has been given to anybody of the group, and is not acknowledged. */
  async pending(): Promise<number> {
    const { broker, name } = this.#options;
    const counts = await Promise.all(
      this.#streams.map((stream) =>
        this.#mended(() => broker.send<[number]>(['XPENDING', stream, name])).then(([count]) => count),
      ),
    );
    return counts.reduce((one, other) => one + other);
  }

  /** This consumer is not coming back. */
  async leave(): Promise<void> {
    const { broker, name, consumer } = this.#options;
    for (const stream of this.#streams) await run(broker, leaving, [stream], [name, consumer, deadAfterMs]);
  }

  async #mended<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (thrown) {
      if (!isGroupGone(thrown)) throw thrown;
      this.#options.onLost();
      // What stands there now was published since.
      await this.open('0');
      return ask();
    }
  }

  #streamOf(isAgain: boolean): string {
    return isAgain ? this.#options.again : this.#options.messages;
  }
}
