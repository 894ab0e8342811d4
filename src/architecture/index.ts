/**
 * What every architecture offers to scenarios, replay and comparison.
 *
 * @example
 * ```ts
 * import type { Architecture } from './src/architecture/index.ts';
 *
 * const inWords = ({ name, services }: Architecture) => `${name} has ${Object.keys(services).length} services`;
 * console.log(inWords.length);
 * ```
 */
export type { Architecture, Divergence, Interceptor } from './architecture.ts';
