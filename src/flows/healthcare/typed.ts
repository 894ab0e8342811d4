import { InputError } from '../../kernel/index.ts';
import type { TypedForm } from '../../pipeline-runtime/index.ts';
import { entryOfRow, rowOf } from './input.ts';
import type { HealthRow } from './row.ts';

type Said = Partial<Parameters<typeof rowOf>[0]>;

const formOf = (
  action: HealthRow['action'],
  places: string,
  does: string,
  read: (words: readonly string[]) => Said,
): TypedForm => ({
  form: `${action} ${places}`,
  does,
  read(words, { nowMs, number }) {
    const at = new Date(nowMs).toISOString();
    const row = rowOf({ at, action, patient_id: words[0] ?? '', slot: '', detail: '', ...read(words) });
    if (typeof row === 'string') throw new InputError({ message: row, help: 'Type it again.' });
    return [entryOfRow(row, `line ${number}`)];
  },
});

const slotOf = ([, slot = '']: readonly string[]): Said => ({ slot });

/** What a person may say at the desk. */
export const typedAppointments: readonly TypedForm[] = [
  formOf(
    'request',
    'WHO SLOT [REASON]',
    'an appointment, such as ann 2026-03-09T09:00',
    ([, slot = '', detail = 'R05']) => ({
      slot,
      detail,
    }),
  ),
  formOf(
    'cancel',
    'WHO SLOT [BY]',
    'gives it back; by patient or practice',
    ([, slot = '', detail = 'patient']) => ({
      slot,
      detail,
    }),
  ),
  formOf(
    'wait',
    'WHO [PRIORITY]',
    'for whatever is given back; normal or urgent',
    ([, detail = 'normal']) => ({
      detail,
    }),
  ),
  formOf('accept', 'WHO SLOT', 'takes what was offered', slotOf),
  formOf('decline', 'WHO SLOT', 'leaves it to the next', slotOf),
  formOf('fulfilled', 'WHO SLOT', 'the visit was made', slotOf),
  formOf('noshow', 'WHO SLOT', 'nobody came', slotOf),
];
