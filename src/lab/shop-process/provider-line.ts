import type { Channel, Receipt } from '../../delivery/index.ts';
import type { Line } from './line.ts';

/** The providers of a shop's process, which are outside of it. */
export interface ProviderLine {
  readonly channels: readonly Channel[];
  /** The provider has said yes to what was asked under this number. */
  said(number: number, receipt: Receipt): void;
  /** The provider keeps its answer to this back, for good. */
  keptBack(number: number): void;
  /** How many messages no provider has answered yet that will. */
  readonly unanswered: number;
}

/** Channels whose provider is asked over the line. */
export function providerLine(line: Line, channelNames: readonly string[]): ProviderLine {
  const waiting = new Map<number, (receipt: Receipt) => void>();
  const silenced = new Set<number>();
  let asked = 0;
  const channels = channelNames.map(
    (name): Channel => ({
      name,
      templates: name,
      send: (message, { idempotencyKey: key }) =>
        new Promise((resolve) => {
          const number = ++asked;
          waiting.set(number, resolve);
          line.say({ kind: 'ask', number, channel: name, key, message });
        }),
    }),
  );
  return {
    channels,
    said(number, receipt) {
      waiting.get(number)?.(receipt);
      waiting.delete(number);
    },
    keptBack(number) {
      silenced.add(number);
    },
    get unanswered() {
      return waiting.size - silenced.size;
    },
  };
}
