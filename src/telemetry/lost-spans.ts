import { type Attributes, createNoopMeter, type MeterProvider } from '@opentelemetry/api';
import type { Logger } from '../kernel/index.ts';

/** Why spans never got to a collector: more came than may wait, or it did not take them. */
export interface LostSpans {
  readonly queueFull: number;
  readonly notSent: number;
}

/** Counts spans that are lost, and says so when the first ones are. */
export class LostSpanCounter {
  readonly #logger: Logger;
  #queueFull = 0;
  #notSent = 0;
  #isFailing = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get lost(): LostSpans {
    return { queueFull: this.#queueFull, notSent: this.#notSent };
  }

  /** A batch that the collector was given. `error`: it did not take it; no message of that, which may quote secrets. */
  exported(spans: number, error?: { readonly name?: string | undefined }): void {
    if (error !== undefined) {
      this.#notSent += spans;
      if (!this.#isFailing)
        this.#logger.warn({ error: error.name, spans }, 'spans could not be sent, and are lost');
    } else if (this.#isFailing) this.#logger.warn({}, 'spans are sent again');
    this.#isFailing = error !== undefined;
  }

  /** What the SDK drops it tells to a meter, and to nobody else. */
  meterProvider(): MeterProvider {
    const meter = createNoopMeter();
    meter.createCounter = (name) => ({
      add: (count: number, attributes?: Attributes) => {
        if (name.endsWith('.processed') && attributes?.['error.type'] === 'queue_full') this.#dropped(count);
      },
    });
    return { getMeter: () => meter };
  }

  #dropped(count: number): void {
    if (this.#queueFull === 0)
      this.#logger.warn({}, 'more spans come than are sent: some are lost; /metrics counts them');
    this.#queueFull += count;
  }
}
