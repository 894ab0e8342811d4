import type { Clock } from '../../kernel/index.ts';

/** Changes that come together are told together. */
const gatherForMs = 100;

/** Tells whoever reads along that there is something new to see; what, they ask. */
export class Changes {
  readonly #clock: Clock;
  readonly #readers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #isGathering = false;
  #count = 0;
  #hasEnded = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly tell = (): void => {
    if (this.#isGathering || this.#readers.size === 0) return;
    this.#isGathering = true;
    this.#clock.schedule(this.#clock.now() + gatherForMs, () => {
      this.#isGathering = false;
      const bytes = Buffer.from(`data: ${++this.#count}\n\n`);
      for (const reader of this.#readers) {
        // Who has not taken what came before is told by that.
        if ((reader.desiredSize ?? 0) > 0) reader.enqueue(bytes);
      }
    });
  };

  /** Tells nobody any more, and nobody new: who reads along is told that it is over. */
  end(): void {
    this.#hasEnded = true;
    for (const reader of this.#readers) reader.close();
    this.#readers.clear();
  }

  /** As server-sent events, until the reader leaves. */
  response(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        controller.enqueue(Buffer.from('retry: 1000\n\n'));
        if (this.#hasEnded) controller.close();
        else this.#readers.add(controller);
      },
      cancel: () => void this.#readers.delete(own),
    });
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } });
  }
}
