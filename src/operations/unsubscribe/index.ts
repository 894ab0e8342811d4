/**
 * Ends mails by the link that stands in them.
 *
 * @example
 * ```ts
 * import { openDatastore } from './src/datastore/index.ts';
 * import { unsubscribe } from './src/operations/unsubscribe/index.ts';
 *
 * const token = 'of a link that the shop has not made';
 * const ending = unsubscribe({ datastore: openDatastore(), token, secrets: ['the shop’s'] });
 * console.log(await ending.catch(({ code }) => code)); // invalid_unsubscribe_link
 * ```
 */
export { unsubscribe } from './unsubscribe.ts';
