/**
 * Ends mails by the link that stands in them.
 *
 * @example
 * ```ts
 * import { unsubscribe } from './src/operations/unsubscribe/index.ts';
 * import { createWorld } from './src/shop/index.ts';
 *
 * const { architecture, datastore } = createWorld({ startMs: 0 });
 * const { accounts } = architecture.services;
 * const token = 'of a link that the shop has not made';
 * const ending = unsubscribe({ datastore, accounts, token, secrets: ['the shop’s'] });
 * console.log(await ending.catch(({ code }) => code)); // invalid_unsubscribe_link
 * ```
 */
export { unsubscribe } from './unsubscribe.ts';
