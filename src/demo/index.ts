/**
 * What is published: a shop for real use, worlds in virtual time, and the scenarios that play in them.
 *
 * @example
 * ```ts
 * import { captureSms, createShop, runScenario } from './src/demo/index.ts';
 *
 * const sms = captureSms();
 * const shop = await createShop({ channels: [sms] });
 * await shop.start();
 * await shop.close();
 * const { ok, deliveries } = await runScenario('order-shipped', { architecture: 'pipeline' });
 * console.log(ok, deliveries.length);
 * ```
 */
export type { DeadLetter, EventBus, Subscriber } from '../bus/index.ts';
export {
  type Channel,
  ChannelError,
  captureEmail,
  capturePush,
  captureSms,
  captureWebhook,
  HandledWebhooks,
  httpWebhook,
  smtpEmail,
  verifyWebhook,
} from '../delivery/index.ts';
export type { Message, MessageOf, ShopEvents } from '../events/index.ts';
export { AppError, createLogger, systemClock, VirtualClock } from '../kernel/index.ts';
export type { Scenario, ScenarioResult, Step } from '../lab/scenarios/index.ts';
export {
  crashAndRecover,
  findScenario,
  playCrashAndRecover,
  type RunScenarioOptions,
  runScenario,
  scenarios,
} from '../lab/scenarios/index.ts';
export { describeEvent, renderEntries } from '../operations/flow/index.ts';
export type { TimelineEntry } from '../shop/index.ts';
export {
  createShop,
  createWorld,
  type Shop,
  type ShopOptions,
  type World,
  type WorldOptions,
} from '../shop/index.ts';
export { openTelemetry, type Telemetry, type TelemetryOptions } from '../telemetry/index.ts';
export { allFlows } from './flows.ts';
export { refuseSwallowedFlags } from './swallowed-flags.ts';
