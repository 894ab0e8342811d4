/**
 * Cookies under statistical control: charts and their signals, a controller, a latch that only a person opens, wear, flour, lots.
 *
 * @example
 * ```ts
 * import { manufacturingFlow } from './src/flows/manufacturing/index.ts';
 *
 * console.log(manufacturingFlow.name, manufacturingFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { beginsAtMs, columns } from './input.ts';
import { manufacturingMessages } from './messages.ts';
import { prepareManufacturing } from './run.ts';
import { typedRows } from './typed.ts';

export const manufacturingFlow: Flow = {
  name: 'manufacturing',
  does: 'cookies under statistical control: charts, a controller, a safety latch, wear, flour, lots',
  shows: 'a feedback loop between stages; a latch that only a person opens',
  catalogue: manufacturingMessages,
  beginsAtMs,
  columns,
  typed: typedRows,
  prepare: prepareManufacturing,
};
