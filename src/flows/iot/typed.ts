import { InputError } from '../../kernel/index.ts';
import { entryOf, type TypedForm } from '../../pipeline-runtime/index.ts';
import { rowOf } from './input.ts';
import { iotMessages } from './messages.ts';

/** What a person may say in the place of a sensor. */
export const typedReadings: readonly TypedForm[] = [
  {
    form: 'reading SENSOR VALUE [UNIT]',
    does: 'what a sensor has measured just now, in C; - for a value that is no number',
    read([sensor = '', value = '', unit = 'C'], { nowMs, number }) {
      const row = rowOf({
        sensor_id: sensor,
        seq: String(number),
        at: new Date(nowMs).toISOString(),
        value: value === '-' ? '' : value,
        unit,
      });
      if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
      return [
        entryOf(iotMessages.ReadingReceived, { ...row, hops: 0 }, { atMs: nowMs, place: `line ${number}` }),
      ];
    },
  },
];
