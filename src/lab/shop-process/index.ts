/**
 * A shop in a process of its own, which can be killed, and whoever drives it from outside and plays its providers.
 *
 * @example
 * ```ts
 * import { ShopProcess } from './src/lab/shop-process/index.ts';
 *
 * const shop = new ShopProcess((said) => console.log(said.kind));
 * await shop.says('awake');
 * shop.kill();
 * await shop.ended;
 * ```
 */
export { lineToParent } from './line.ts';
export type { Said } from './protocol.ts';
export { runShop } from './run-shop.ts';
export { ShopProcess } from './shop-process.ts';
