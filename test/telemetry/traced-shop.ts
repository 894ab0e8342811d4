import { type Channel, ChannelError } from '../../src/delivery/index.ts';
import { createShop, type Shop, type ShopOptions, stockSampleShop } from '../../src/shop/index.ts';
import { openTelemetry, type TelemetryOptions } from '../../src/telemetry/index.ts';

/** A provider that is down until it is mended. */
export function failing(inner: Channel, kind: ChannelError['kind'] = 'transient') {
  const channel = { ...inner, isDown: true };
  channel.send = async (message, context) => {
    // As providers say it: with the address.
    if (channel.isDown) throw new ChannelError(kind, { message: `no answer for ${message.to}` });
    return inner.send(message, context);
  };
  return channel;
}

/** One process of a shop, which sends its spans and is stopped in order. */
export async function during(
  options: Omit<ShopOptions, 'telemetry'>,
  to: string | TelemetryOptions,
  work: (shop: Shop) => Promise<void>,
): Promise<void> {
  const telemetry = await openTelemetry(
    typeof to === 'string' ? { endpoint: to, serviceName: 'the-shop' } : to,
  );
  const shop = await createShop({ ...options, telemetry });
  if (await shop.datastore.isEmpty()) await stockSampleShop(shop.datastore);
  await work(shop);
  await shop.close();
  await telemetry.close();
}
