/**
 * Spans of OpenTelemetry, from a command to the provider's receipt, and the figures of a served shop. Nothing of it is loaded before it is opened.
 *
 * @example
 * ```ts
 * import { captureSms } from './src/delivery/index.ts';
 * import { createShop } from './src/shop/index.ts';
 * import { openTelemetry } from './src/telemetry/index.ts';
 *
 * const telemetry = await openTelemetry({ endpoint: 'http://127.0.0.1:4318', serviceName: 'my-shop' });
 * const shop = await createShop({ channels: [captureSms()], telemetry });
 * await shop.start();
 * await shop.close();
 * await telemetry.close();
 * ```
 */
export type { LostSpans } from './lost-spans.ts';
export type { Family } from './metric-data.ts';
export type { Metrics } from './metrics.ts';
export { isTelemetryWanted, openTelemetry, type TelemetryOptions } from './open.ts';
export { openMetrics } from './open-metrics.ts';
export type { Telemetry } from './telemetry.ts';
