import type { Datastore, LoggedMessage } from '../datastore/index.ts';
import { type Message, toCloudEvent } from '../events/index.ts';
import { Alarm, type Clock } from '../kernel/index.ts';

/** An event of the log as it goes over the wire. */
interface Frame {
  readonly position: number;
  readonly message: Message;
  readonly bytes: Uint8Array;
}

/** Events that are wanted, one behind the other. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Everything up to here was looked at. */
  readonly upTo: number;
}

export interface Page {
  readonly chunks: Iterable<Chunk>;
  /** Everything up to here was looked at. */
  readonly upTo: number;
  /** Whether there is more behind it. */
  readonly hasMore: boolean;
}

export interface LogFeedOptions {
  readonly clock: Clock;
  readonly datastore: Pick<Datastore, 'consumption'>;
}

/** How long what is added may stand in the log unseen. */
const lookEveryMs = 100;
/** So much of the newest is kept, for all who follow. */
const mostFrames = 2000;
const mostBytes = 2 ** 22;
/** Of one chunk. An event is never split. */
const chunkBytes = 2 ** 16;
/** Of a page that is read from the log. */
const positionsAtOnce = 200;

/**
 * The event log for many who follow it: what is new is read and written out once for them all, and kept as long as it is
 * among the newest. Whoever is further behind is given pages of the log. It looks only while somebody waits.
 */
export class LogFeed {
  readonly #options: LogFeedOptions;
  readonly #alarm: Alarm;
  /** All of the log behind `#from`, up to `#head`. */
  #frames: Frame[] = [];
  #bytes = 0;
  #from = 0;
  #head = 0;
  #waiting: (() => void)[] = [];

  constructor(options: LogFeedOptions) {
    this.#options = options;
    this.#alarm = new Alarm(options.clock, () => void this.#look());
  }

  /** What stands behind a position, as far as it goes in a page; resolves at once. */
  async after(position: number, isWanted: (message: Message) => boolean): Promise<Page> {
    const head = this.#head;
    if (position >= head) return { chunks: [], upTo: position, hasMore: false };
    if (position >= this.#from) {
      // No more than one: a reader who stalls must not hold on to what is dropped here.
      const [chunk] = chunksOf(this.#framesBehind(position), isWanted, head);
      const upTo = chunk?.upTo ?? head;
      return { chunks: chunk ? [chunk] : [], upTo, hasMore: upTo < head };
    }
    const upTo = Math.min(head, position + positionsAtOnce);
    const frames = (await this.#read(position, upTo)).map(frameOf);
    return { chunks: chunksOf(frames, isWanted, upTo), upTo, hasMore: upTo < head };
  }

  /** Resolves when the log was looked at anew, a tenth of a second later at most, or at `wake`. */
  async looked(): Promise<void> {
    this.#alarm.setFor(this.#options.clock.now() + lookEveryMs);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** The newest position, asked for anew. */
  async head(): Promise<number> {
    return this.#options.datastore.consumption.head();
  }

  async #look(): Promise<void> {
    try {
      await this.#takeUp(await this.head());
    } catch {
      // The log cannot be read just now; it is looked at again.
    }
    this.wake();
  }

  async #takeUp(head: number): Promise<void> {
    if (head <= this.#head) return;
    if (head - this.#head > mostFrames) return this.#beginAnew(head);
    const added = await this.#read(this.#head, head);
    // Of whoever was erased, the log says no more what is kept here.
    if (added.some(({ message }) => message.type === 'CustomerErased')) return this.#beginAnew(head);
    for (const frame of added.map(frameOf)) {
      this.#frames.push(frame);
      this.#bytes += frame.bytes.length;
    }
    this.#head = head;
    this.#drop();
  }

  #beginAnew(head: number): void {
    [this.#frames, this.#bytes, this.#from, this.#head] = [[], 0, head, head];
  }

  #drop(): void {
    let count = 0;
    while (this.#frames.length - count > mostFrames || this.#bytes > mostBytes) {
      const frame = this.#frames[count] as Frame;
      this.#bytes -= frame.bytes.length;
      this.#from = frame.position;
      count++;
    }
    if (count > 0) this.#frames = this.#frames.slice(count);
  }

  #framesBehind(position: number): readonly Frame[] {
    const first = this.#frames.findLastIndex((frame) => frame.position <= position) + 1;
    return this.#frames.slice(first);
  }

  #read(after: number, upTo: number): Promise<readonly LoggedMessage[]> {
    const stretch = { subscriber: '', types: null, after, upTo, skipHandled: false };
    return this.#options.datastore.consumption.read(stretch);
  }
}

/** @param end Of what was looked at. */
function* chunksOf(
  frames: readonly Frame[],
  isWanted: (message: Message) => boolean,
  end: number,
): Generator<Chunk> {
  let wanted: Uint8Array[] = [];
  let size = 0;
  for (const { position, message, bytes } of frames) {
    if (!isWanted(message)) continue;
    wanted.push(bytes);
    size += bytes.length;
    if (size < chunkBytes) continue;
    yield { bytes: Buffer.concat(wanted), upTo: position };
    [wanted, size] = [[], 0];
  }
  if (size > 0) yield { bytes: Buffer.concat(wanted), upTo: end };
}

/** Without a name: then a reader who knows no type is told of all. */
const frameOf = ({ position, message }: LoggedMessage): Frame => ({
  position,
  message,
  bytes: Buffer.from(`id: ${position}\ndata: ${JSON.stringify(toCloudEvent(message))}\n\n`),
});
