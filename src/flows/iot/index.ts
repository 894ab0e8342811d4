/**
 * A greenhouse whose sensors report: anomalies, windows of a minute, alerts that are not repeated, sensors that fall silent.
 *
 * @example
 * ```ts
 * import { iotFlow } from './src/flows/iot/index.ts';
 *
 * console.log(iotFlow.name, iotFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { iotMessages } from './messages.ts';
import { prepareReadings } from './run.ts';
import { typedReadings } from './typed.ts';

export const iotFlow: Flow = {
  name: 'iot',
  does: 'a greenhouse: readings that are late or broken, windows by the minute, anomalies, alerts, silent sensors',
  shows: 'windows over late readings; a timer that notices silence',
  catalogue: iotMessages,
  beginsAtMs,
  columns,
  typed: typedReadings,
  prepare: prepareReadings,
};
