import { InputError } from '../../kernel/index.ts';
import type { TypedForm } from '../../pipeline-runtime/index.ts';
import { entryOfRow, rowOf } from './input.ts';

type Typed = Partial<Parameters<typeof rowOf>[0]>;

const formOf = (form: string, does: string, said: (words: readonly string[]) => Typed): TypedForm => ({
  form,
  does,
  read(words, { nowMs, number }) {
    const at = new Date(nowMs).toISOString();
    const row = rowOf({ line_id: '', kind: '', lot_id: '', values: '', by: '', at, ...said(words) });
    if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
    return [entryOfRow(row, `line ${number}`)];
  },
});

/** What may be said in the bakery. */
export const typedRows: readonly TypedForm[] = [
  formOf(
    'group LINE LOT A B C D E',
    'five diameters in millimetres',
    ([line_id = '', lot_id = '', ...values]) => ({
      kind: 'group',
      line_id,
      lot_id,
      values: values.join(' '),
    }),
  ),
  formOf(
    'temperature LINE CELSIUS',
    'of the oven: above 260 the line is shut down',
    ([line_id = '', values = '']) => ({
      kind: 'temperature',
      line_id,
      values,
    }),
  ),
  formOf('vibration LINE SPEED', 'of the motor, in mm/s', ([line_id = '', values = '']) => ({
    kind: 'vibration',
    line_id,
    values,
  })),
  formOf('refill LINE FLOUR GRAMS', 'more flour', ([line_id = '', lot_id = '', values = '']) => ({
    kind: 'refill',
    line_id,
    lot_id,
    values,
  })),
  formOf(
    'lot LINE LOT PLANNED RUN IDEAL',
    'a lot is done: seconds planned and run, seconds a piece',
    ([line_id = '', lot_id = '', ...values]) => ({
      kind: 'lot',
      line_id,
      lot_id,
      values: values.join(' '),
    }),
  ),
  formOf('reset LINE WHO', 'lets a line run again, where WHO is chief', ([line_id = '', by = '']) => ({
    kind: 'reset',
    line_id,
    by,
  })),
];
