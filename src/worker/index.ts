/**
 * A process of a deployment: what `serve` is for one machine, with all of it said by the environment.
 *
 * @example
 * ```ts
 * import { readConfiguration, shownConfiguration } from './src/worker/index.ts';
 *
 * const configuration = readConfiguration({ DATASTORE: 'postgres://shop@localhost/shop', CAPTURE: 'email' });
 * console.log(shownConfiguration(configuration));
 * ```
 */
export { readConfiguration, shownConfiguration } from './configuration.ts';
export { runWorker } from './run-worker.ts';
