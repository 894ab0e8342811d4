/**
 * What can be made to go wrong: providers by name, processes at any operation.
 *
 * @example
 * ```ts
 * import { namedFault } from './src/lab/faults/index.ts';
 * import { runScenario } from './src/lab/scenarios/index.ts';
 *
 * const drill = { faults: [namedFault('email-down')], leaveBroken: true };
 * const { deliveries } = await runScenario('order-shipped', { drill });
 * console.log(deliveries.map(({ delivery }) => delivery.status));
 * ```
 */
export { crashInjection, reads } from './crash-injection.ts';
export { CrashPoint, ProcessDiedError } from './crash-point.ts';
export { faultNames, type NamedFault, namedFault } from './named-faults.ts';
export { Pause } from './pause.ts';
