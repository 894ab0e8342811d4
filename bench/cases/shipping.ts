import { TimedShop, variants } from '../../src/lab/comparison/index.ts';
import { profile, type Spent } from '../profile.ts';

const inFlight = 256;

/**
 * Where the time of one delivery goes in an architecture, in microseconds: orders ship as fast as it goes, warmed up before.
 * @param name `event-sourced:durable`
 */
export async function partsOfShipping(name: string, orders: number): Promise<Spent> {
  const variant = variants.find(({ architecture, handOver }) => `${architecture}:${handOver}` === name);
  if (variant === undefined) throw new TypeError(`there is no architecture "${name}"`);
  const shop = await TimedShop.open(variant, 2 * orders);
  await shop.shipAll(orders, inFlight);
  const spent = await profile(() => shop.shipAll(orders, inFlight));
  await shop.close();
  return new Map(
    [...spent].map(([place, micros]) => [place, micros / (orders * TimedShop.deliveriesPerOrder)]),
  );
}
