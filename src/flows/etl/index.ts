/**
 * Bicycle rides from a file into a warehouse of Parquet files: cleaned, each once, what is no use in quarantine.
 *
 * @example
 * ```ts
 * import { etlFlow } from './src/flows/etl/index.ts';
 *
 * console.log(etlFlow.name, etlFlow.columns.join());
 * ```
 */
import type { Flow } from '../../pipeline-runtime/index.ts';
import { columns } from './columns.ts';
import { etlMessages } from './messages.ts';
import { beginsAtMs, prepareLoad } from './run.ts';
import { typedRecords } from './typed.ts';

export const etlFlow: Flow = {
  name: 'etl',
  does: 'bicycle rides into a warehouse: cleaned, each once, the bad ones in quarantine, as Parquet files',
  shows: 'idempotent load behind a watermark; quarantine for what is no use',
  catalogue: etlMessages,
  beginsAtMs,
  columns,
  writesBeside: true,
  typed: typedRecords,
  prepare: prepareLoad,
};
