import { fileURLToPath } from 'node:url';
import { type Random, readTable } from '../../kernel/index.ts';
import { entryOf, type FlowEntry, type FlowInput } from '../../pipeline-runtime/index.ts';
import { generated } from './load.ts';
import { healthMessages as messages } from './messages.ts';
import { actions, type HealthRow } from './row.ts';

export const columns = ['at', 'action', 'patient_id', 'slot', 'detail'] as const;
export const beginsAtMs = Date.parse('2026-03-02T14:00:00Z');

const sample = fileURLToPath(new URL('./sample.csv', import.meta.url));

/** @throws {InputError} for a file that is of no use. */
export async function readRows(input: FlowInput, random: Random): Promise<readonly HealthRow[]> {
  if (input.kind === 'nothing') return [];
  if (input.kind === 'load') return generated(input.count, random, beginsAtMs);
  const file = input.kind === 'file' ? input.file : sample;
  return readTable<(typeof columns)[number], HealthRow>(file, { columns, rowOf });
}

export const entriesOf = (rows: readonly HealthRow[]): readonly FlowEntry[] =>
  rows.map((row, index) => entryOfRow(row, `row ${index + 1}`));

export function entryOfRow({ atMs, action, patientId, slotId, detail }: HealthRow, place: string): FlowEntry {
  const of = { slotId, patientId, hops: 0 };
  const at = { atMs, place };
  switch (action) {
    case 'request':
      return entryOf(messages.AppointmentRequested, { ...of, reasonCode: detail }, at);
    case 'cancel':
      return entryOf(messages.CancelRequested, { ...of, by: detail as 'patient' | 'practice' }, at);
    case 'wait':
      return entryOf(
        messages.WaitlistJoined,
        { patientId, priority: detail as 'urgent' | 'normal', hops: 0 },
        at,
      );
    case 'accept':
    case 'decline':
      return entryOf(messages.OfferAnswered, { ...of, isAccepted: action === 'accept' }, at);
    case 'fulfilled':
    case 'noshow':
      return entryOf(messages.VisitEnded, { ...of, status: action }, at);
  }
}

const word = /^[\w.-]{1,64}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
const slot = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
/** What may stand in `detail`, where it is not free. */
const details: Readonly<Partial<Record<HealthRow['action'], readonly string[]>>> = {
  cancel: ['patient', 'practice'],
  wait: ['normal', 'urgent'],
  accept: [''],
  decline: [''],
  fulfilled: [''],
  noshow: [''],
};

export function rowOf(cells: Readonly<Record<(typeof columns)[number], string>>): HealthRow | string {
  const { at, patient_id: patientId, slot: slotId, detail } = cells;
  const atMs = moment.test(at) ? Date.parse(at) : Number.NaN;
  if (!(atMs >= 0))
    return `at is no time in UTC since 1970, such as 2026-03-02T14:00:00Z: ${JSON.stringify(at)}`;
  const action = actions.find((each) => each === cells.action);
  if (action === undefined) return `action is none of ${actions.join(', ')}: ${JSON.stringify(cells.action)}`;
  if (!word.test(patientId))
    return `patient_id is no word of letters, digits, "_", "-" and ".": ${JSON.stringify(patientId)}`;
  if (action === 'wait' ? slotId !== '' : !slot.test(slotId))
    return action === 'wait'
      ? `slot is not empty, and who waits takes any: ${JSON.stringify(slotId)}`
      : `slot is no time of the practice such as 2026-03-09T09:00: ${JSON.stringify(slotId)}`;
  const allowed = details[action];
  if (allowed !== undefined && !allowed.includes(detail))
    return `detail of ${action} is not ${allowed.map((each) => each || 'empty').join(' or ')}: ${JSON.stringify(detail)}`;
  if (action === 'request' && !word.test(detail))
    return `detail of request is no code of a reason: ${JSON.stringify(detail)}`;
  return { atMs, action, patientId, slotId, detail };
}
