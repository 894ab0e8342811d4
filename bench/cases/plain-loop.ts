import { captureEmail, captureSms } from '../../src/delivery/index.ts';
import { addressOf, createTemplates } from '../../src/notifications/index.ts';
import type { Measured } from '../measure.ts';
import { benchShop, orderShipped } from '../shop.ts';

const customers = 10_000;
const lookedUpAtOnce = 256;

/**
 * The floor: the same customers looked up in the same batches, the same templates rendered, handed to the
 * same channels, in a loop. No bus, no policy, no ledger, no decisions.
 */
export async function plainLoop(events: number): Promise<Measured> {
  const shop = await benchShop(customers);
  const templates = createTemplates();
  const channels = [captureEmail(shop), captureSms()];
  const { signal } = new AbortController();
  const wait = async (): Promise<void> => {};
  let deliveries = 0;

  const startedMs = performance.now();
  for (let first = 0; first < events; first += lookedUpAtOnce) {
    const size = Math.min(lookedUpAtOnce, events - first);
    const messages = Array.from({ length: size }, (_, offset) =>
      orderShipped(shop, first + offset, customers),
    );
    const ids = messages.map(({ data }) => ('customerId' in data ? data.customerId : ''));
    const recipients = await shop.datastore.customers.recipients(ids);
    for (const [index, { subject: orderId }] of messages.entries()) {
      const recipient = recipients[index];
      if (recipient === undefined) continue;
      for (const channel of channels) {
        const content = templates.render({
          type: 'order-shipped',
          family: channel.templates,
          locale: recipient.locale,
          customerName: recipient.name,
          variables: { orderId },
        });
        const to = addressOf(recipient, channel.name) ?? '';
        await channel.send(
          { to, recipientName: recipient.name, content },
          { idempotencyKey: orderId, signal, wait },
        );
        deliveries++;
      }
    }
  }
  return { deliveries, tookMs: performance.now() - startedMs };
}
