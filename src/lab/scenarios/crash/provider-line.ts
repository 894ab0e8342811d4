import type { Channel, Receipt } from '../../../delivery/index.ts';
import type { Line } from './line.ts';

/** The providers of a shop's process, which are outside of it. */
export interface ProviderLine {
  readonly channels: readonly Channel[];
  /** The provider has said yes to what was asked under this number. */
  said(number: number, receipt: Receipt): void;
  /** How many messages no provider has answered yet. */
  readonly unanswered: number;
}

/** Channels whose provider is asked over the line. */
export function providerLine(line: Line, channelNames: readonly string[]): ProviderLine {
  const waiting = new Map<number, (receipt: Receipt) => void>();
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
    get unanswered() {
      return waiting.size;
    },
  };
}
