import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actions, type HealthRow } from '../../../src/flows/healthcare/row.ts';
import type { BusName } from '../a-life.ts';
import { playRows } from './a-practice.ts';
import { naivePractice } from './oracle.ts';

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);

/** On the Friday before, and on the day itself; one lunchtime is none, and one Sunday. */
const slots = ['2026-03-09T09:00', '2026-03-09T09:30', '2026-03-09T17:00', '2026-03-08T09:00'] as const;
const friday = Date.parse('2026-03-06T15:00:00Z');

const row = fc.record({
  action: oneOf<HealthRow['action']>(
    ...actions,
    'request',
    'request',
    'cancel',
    'wait',
    'wait',
    'accept',
    'decline',
  ),
  patientId: oneOf('ann', 'bob', 'cai', 'dee'),
  slotId: oneOf(slots[0], slots[0], slots[1], slots[1], slots[2], slots[3]),
  isUrgent: fc.boolean(),
  // Seconds that no offer ends at: what comes at the same moment has no order.
  afterS: oneOf(7, 61, 307, 907, 4001, 40_009, 160_001),
});

const requests = fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => {
  let atMs = friday;
  return rows.map(({ action, patientId, slotId, isUrgent, afterS }): HealthRow => {
    atMs += afterS * 1000;
    const detail = { wait: isUrgent ? 'urgent' : 'normal', cancel: 'patient', request: 'R05' }[
      action as string
    ];
    return { atMs, action, patientId, slotId: action === 'wait' ? '' : slotId, detail: detail ?? '' };
  });
});

async function agree(busName: BusName, rows: readonly HealthRow[]): Promise<void> {
  const { report, said, mails } = await playRows(busName, rows);
  const of = (type: string) => said.filter((each) => each.type === type);
  const { appointments, waitlist } = report.data as {
    appointments: readonly { slotId: string; patientId: string; status: string }[];
    waitlist: readonly { patientId: string }[];
  };

  expect({
    visits: appointments.map(({ slotId, patientId, status }) => `${slotId} ${patientId} ${status}`).sort(),
    waiting: waitlist.map(({ patientId }) => patientId),
    offers: of('SlotOffered')
      .map(({ time, data }) => `${data.slotId} ${data.patientId} ${Date.parse(time)}`)
      .sort(),
    refused: of('AppointmentRejected')
      .map(({ data }) => `${data.slotId} ${data.patientId}`)
      .sort(),
  }).toEqual(naivePractice(rows));
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
  // A mail for each booking, each cancellation, each offer and each reminder that was due: no more, no less.
  const written = ['AppointmentBooked', 'AppointmentCancelled', 'SlotOffered', 'ReminderDue'].flatMap(of);
  expect(mails).toHaveLength(written.length);
  expect(of('ReminderSent').length).toBe(of('ReminderDue').length);
  // A reminder is of an appointment that stands.
  const cancelledAt = new Map(of('AppointmentCancelled').map(({ time, data }) => [data.appointmentId, time]));
  for (const { time, data } of of('ReminderSent'))
    expect((cancelledAt.get(data.appointmentId) ?? '9') >= time).toBe(true);
}

test('whatever is asked for, slots, offers and the list are as paper and pencil have them', async () => {
  await fc.assert(
    fc.asyncProperty(requests, (rows) => agree('in-memory', rows)),
    { numRuns: 150, seed: 1 },
  );
});

test('the same on the durable bus', async () => {
  await fc.assert(
    fc.asyncProperty(requests, (rows) => agree('durable', rows)),
    { numRuns: 12, seed: 2 },
  );
});
