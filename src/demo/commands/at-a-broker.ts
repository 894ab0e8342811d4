import { randomUUID } from 'node:crypto';
import { type Broker, isBrokerUrl, openBroker } from '../../bus/index.ts';
import type { BusName } from '../../shop/index.ts';
import type { BusChoice } from './options.ts';

/**
 * Does something on the bus that was chosen. Where it is at a broker that is under names of its own, and leaves nothing there: what is
 * told in virtual time, with the ids of every other run, is nothing for those who share the broker.
 * @throws {InputError} the broker cannot be used.
 */
export async function onBus<T>(
  choice: BusChoice,
  work: (bus: { bus: BusName } | { broker: Broker }) => Promise<T>,
): Promise<T> {
  if (!isBrokerUrl(choice)) return work({ bus: choice });
  const broker = await openBroker(choice, `notification-architectures-${randomUUID()}`);
  if (broker.warning !== undefined) process.stderr.write(`note: ${broker.shown}: ${broker.warning}\n`);
  try {
    return await work({ broker });
  } finally {
    await broker.forget().catch(() => {});
    await broker.close().catch(() => broker.destroy());
  }
}
