import type { Stage } from '../../pipeline-runtime/index.ts';
import { NoAnswerError } from './gateway.ts';
import { orderMessages as messages, type OrderMessage } from './messages.ts';

/** Prints labels; the same key, the same label. */
export interface LabelPrinter {
  /** @throws {NoAnswerError} */
  print(key: string, depot: string): Promise<string>;
}

/** At the depot `jammed` it never prints. */
export const simulatedPrinter: LabelPrinter = {
  async print(key, depot) {
    if (depot === 'jammed') throw new NoAnswerError('the label printer');
    return `label-${key}`;
  },
};

const tries = 3;

export const shippingStage = (
  printer: LabelPrinter,
): Stage<OrderMessage<'CreateShipment'>, OrderMessage<'ShipmentCreated' | 'ShipmentFailed'>> => ({
  name: 'shipping',
  accepts: ['CreateShipment'],
  retry: { attempts: tries - 1, baseDelayMs: 1000, jitter: false },
  async handle({ data: { orderId, key, depot } }, { next, attempt }) {
    try {
      return [next(messages.ShipmentCreated, { orderId, label: await printer.print(key, depot) })];
    } catch (thrown) {
      if (!(thrown instanceof NoAnswerError) || attempt < tries) throw thrown;
      return [next(messages.ShipmentFailed, { orderId })];
    }
  },
});
