import { millisecondsInSecond } from 'date-fns/constants';
import type { Datastore } from '../datastore/index.ts';
import type { Message } from '../events/index.ts';
import { type Clock, steadyClock } from '../kernel/index.ts';
import { LogFeed } from './log-feed.ts';
import { HttpError } from './problem.ts';

export interface EventStreamsOptions {
  readonly clock: Clock;
  readonly datastore: Pick<Datastore, 'consumption'>;
  /** Aborted: every reader is told, and its stream ends. */
  readonly stopping: AbortSignal;
}

export interface StreamWanted {
  /** A position of the log, behind which it begins. Left out: with what is added from now on. */
  readonly after?: number;
  isWanted(message: Message): boolean;
  /** Ends the connection of whoever takes nothing any more. */
  cutOff(): void;
}

interface OpenStream {
  /** Whether it was given something that it has not taken. */
  isBehind: boolean;
  readonly cutOff: () => void;
}

/** So many readers are served at once. */
const mostStreams = 100;
const heartbeatEveryMs = 15 * millisecondsInSecond;
/** By then a reader has taken what it is told at the end. */
const cutOffAfterMs = millisecondsInSecond;
/** How long a reader waits before it connects again, milliseconds. */
const retryMs = 3000;

/**
 * The event log as server-sent events. A reader is given the next chunk when it has taken the one before, so that one who
 * stalls takes no more memory than a page of the log, and goes on from the log.
 */
export class EventStreams {
  readonly #options: EventStreamsOptions;
  readonly #clock: Clock;
  readonly #feed: LogFeed;
  readonly #open = new Set<OpenStream>();

  constructor(options: EventStreamsOptions) {
    this.#options = options;
    this.#clock = steadyClock(options.clock);
    this.#feed = new LogFeed({ ...options, clock: this.#clock });
    options.stopping.addEventListener('abort', () => this.#stop(), { once: true });
  }

  /** How many are being read. */
  get count(): number {
    return this.#open.size;
  }

  /** @throws {HttpError} there are too many. */
  async open({ after, isWanted, cutOff }: StreamWanted): Promise<ReadableStream<Uint8Array>> {
    if (this.#open.size >= mostStreams) throw tooMany();
    const stream: OpenStream = { isBehind: false, cutOff };
    const pages = this.#pages(after ?? (await this.#feed.head()), isWanted);
    const over = (): void => void this.#open.delete(stream);
    return new ReadableStream(
      {
        pull: async (controller) => {
          this.#open.add(stream);
          stream.isBehind = false;
          // What cannot be read now can be when the reader comes again.
          const { value, done } = await pages.next().catch(() => ({ value: undefined, done: true }));
          stream.isBehind = true;
          if (value !== undefined) return controller.enqueue(value);
          if (done) over();
          controller.close();
        },
        cancel: over,
      },
      // Nothing is made before somebody reads it, and a HEAD never does.
      { highWaterMark: 0 },
    );
  }

  async *#pages(after: number, isWanted: (message: Message) => boolean): AsyncGenerator<Uint8Array> {
    let position = after;
    yield Buffer.from(`retry: ${retryMs}\nid: ${position}\n\n`);
    let heartbeatAtMs = this.#clock.now() + heartbeatEveryMs;
    const { stopping } = this.#options;
    while (!stopping.aborted) {
      const { chunks, upTo, hasMore } = await this.#feed.after(position, isWanted);
      for (const chunk of chunks) {
        yield chunk.bytes;
        position = chunk.upTo;
        heartbeatAtMs = this.#clock.now() + heartbeatEveryMs;
        if (stopping.aborted) break;
      }
      if (stopping.aborted) break;
      position = upTo;
      if (hasMore) {
        // Others have their turn, where little of a long log is wanted.
        await new Promise(setImmediate);
      } else if (this.#clock.now() >= heartbeatAtMs) {
        yield heartbeat(position);
        heartbeatAtMs = this.#clock.now() + heartbeatEveryMs;
      } else await this.#feed.looked();
    }
    yield lastWords(position);
  }

  #stop(): void {
    this.#feed.wake();
    const cutOff = () => {
      for (const stream of this.#open) if (stream.isBehind) stream.cutOff();
    };
    if (this.#open.size > 0) this.#clock.schedule(this.#clock.now() + cutOffAfterMs, cutOff);
  }
}

/** With the position that was reached: where a filter lets little through, a reader begins behind it next time. */
const heartbeat = (position: number): Uint8Array => Buffer.from(`: heartbeat\nid: ${position}\n\n`);

const lastWords = (position: number): Uint8Array => {
  const words = JSON.stringify({
    code: 'stopping',
    detail: 'the server is stopping',
    help: `Connect again, with Last-Event-ID: ${position}.`,
  });
  return Buffer.from(`event: stop\nid: ${position}\ndata: ${words}\n\n`);
};

const tooMany = (): HttpError =>
  new HttpError(503, 'too_many_streams', {
    message: `${mostStreams} streams are open already`,
    help: 'Ask again when another has ended, or page through the JSON.',
  });
