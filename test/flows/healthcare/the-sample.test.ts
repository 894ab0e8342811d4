import { expect, test } from 'vitest';
import { MemoryCalendar } from '../../../src/flows/healthcare/calendar.ts';
import { buses } from '../a-life.ts';
import { playRows, sampleRows } from './a-practice.ts';

test.each(buses)('the sample comes to the end of its sheet (%s)', async (busName) => {
  const calendar = new MemoryCalendar();
  const { report, said, mails } = await playRows(busName, await sampleRows(), calendar);
  const lines = (type: string) =>
    said
      .filter((each) => each.type === type)
      .map(({ time, data }) => `${data.patientId} ${time.slice(0, 16)}`);

  expect(report.data.appointments).toEqual([
    { slotId: '2026-03-09T09:00', appointmentId: '2026-03-09T09:00/1', patientId: 'ann', status: 'booked' },
    {
      slotId: '2026-03-09T09:30',
      appointmentId: '2026-03-09T09:30/1',
      patientId: 'bob',
      status: 'cancelled',
    },
    { slotId: '2026-03-09T09:30', appointmentId: '2026-03-09T09:30/2', patientId: 'eli', status: 'booked' },
  ]);
  expect(lines('AppointmentRejected')).toEqual(['fay 2026-03-02T15:10']);
  expect(lines('SlotOffered')).toEqual([
    'dee 2026-03-07T23:00',
    'cai 2026-03-07T23:15',
    'eli 2026-03-07T23:20',
  ]);
  expect(lines('OfferExpired')).toEqual(['dee 2026-03-07T23:15']);
  expect(lines('OfferDeclined')).toEqual(['cai 2026-03-07T23:20']);
  expect(lines('OfferAccepted')).toEqual(['eli 2026-03-07T23:25']);
  // The clocks go forward on the 8th: two days before are 47 hours, and two hours before are 11:00 in Greenwich.
  expect(lines('ReminderSent')).toEqual([
    'ann 2026-03-07T14:00',
    'bob 2026-03-07T14:30',
    'ann 2026-03-09T11:00',
    'eli 2026-03-09T11:30',
  ]);
  expect(lines('ReminderCancelled')).toEqual(['bob 2026-03-07T23:00']);
  expect(lines('ReminderSkipped')).toEqual(['eli 2026-03-07T23:25']);
  expect(report.data.waitlist).toEqual([
    { patientId: 'dee', priority: 'urgent' },
    { patientId: 'cai', priority: 'normal' },
  ]);
  expect([...calendar.entries]).toEqual([
    ['2026-03-09T09:00', { version: 1, patientId: 'ann' }],
    ['2026-03-09T09:30', { version: 3, patientId: 'eli' }],
  ]);
  expect(mails.map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`)).toEqual([
    'ann: Your appointment',
    'bob: Your appointment',
    'ann: Do not forget your appointment',
    'bob: Do not forget your appointment',
    'bob: Your appointment is cancelled',
    'dee: An earlier appointment',
    'cai: An earlier appointment',
    'eli: An earlier appointment',
    'eli: Your appointment',
    'ann: Do not forget your appointment',
    'eli: Do not forget your appointment',
  ]);
  expect(mails[5]?.text).toContain(
    'on Monday, March 9, 2026 at 09:30, at 12 Corner Street, New York. It is kept for you until Sat 18:15',
  );
  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(report.statistics.deadLetters).toBe(0);
});

test('the calendar is shown by day and time, and who waits in order', async () => {
  const { report } = await playRows('in-memory', await sampleRows());

  expect(report.pictures).toEqual([
    {
      kind: 'grid',
      caption: 'Calendar of the practice',
      heading: ['', '2026-03-09'],
      rows: [
        { name: '09:00', fields: [{ text: 'ann', tone: 'good' }] },
        { name: '09:30', fields: [{ text: 'eli', tone: 'good' }] },
      ],
    },
  ]);
  expect(report.tables[0]?.rows).toEqual([
    ['1', 'dee', 'urgent'],
    ['2', 'cai', 'normal'],
  ]);
});

test('why somebody comes is in no mail, no entry of the audit log, and no message but the first', async () => {
  const { report, said, mails } = await playRows('in-memory', await sampleRows());
  const reasons = /R05|M54|J11/;

  for (const mail of mails) expect(await mail.mime()).not.toMatch(reasons);
  expect(JSON.stringify(report)).not.toMatch(reasons);
  const telling = said.filter((message) => reasons.test(JSON.stringify(message)));
  expect(new Set(telling.map(({ type }) => type))).toEqual(new Set(['AppointmentRequested']));
});
