import { expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/flows/healthcare/audit.ts';
import { auditStage, firstBroken } from '../../../src/flows/healthcare/audit.ts';
import { MemoryCalendar } from '../../../src/flows/healthcare/calendar.ts';
import { reminderDueMs, startOf } from '../../../src/flows/healthcare/schedule.ts';
import { buses } from '../a-life.ts';
import { playRows, sampleRows } from './a-practice.ts';

/** Is down for the first calls, so that what comes later overtakes what came first. */
class CalendarThatWasDown extends MemoryCalendar {
  calls = 0;

  override async put(...entry: Parameters<MemoryCalendar['put']>): Promise<void> {
    if (++this.calls <= 8) throw new Error('the calendar is down');
    return super.put(...entry);
  }
}

test.each(buses)('a calendar that is down is told later, and undoes no booking (%s)', async (busName) => {
  const calendar = new CalendarThatWasDown();
  const { report, said } = await playRows(busName, await sampleRows(), calendar);
  const booked = said.filter(({ type }) => type === 'AppointmentBooked').map(({ time }) => time);
  const updated = said.find(({ type }) => type === 'CalendarUpdated');

  expect(report.checks.filter(({ holds }) => !holds)).toEqual([]);
  // After five failures it was left alone for a minute.
  expect(Date.parse(String(updated?.time)) - Date.parse(String(booked[0]))).toBeGreaterThan(60_000);
  expect(calendar.entries.get('2026-03-09T09:30')).toEqual({ version: 3, patientId: 'eli' });
  expect(report.statistics.deadLetters).toBe(0);
});

test('a change that comes to the calendar behind a newer one is passed over', async () => {
  const calendar = new MemoryCalendar();
  await calendar.put('s', { version: 2, patientId: null });
  await calendar.put('s', { version: 1, patientId: 'bob' });

  expect(calendar.entries.get('s')).toEqual({ version: 2, patientId: null });
});

/** Entries as the stage writes them. */
async function written(count: number): Promise<AuditEntry[]> {
  const cells = new Map<string, AuditEntry | null>();
  const cellOf = (key: string) => ({
    get: () => cells.get(key) ?? null,
    set: (next: AuditEntry | null) => void cells.set(key, next),
    clear: () => void cells.delete(key),
  });
  for (let number = 1; number <= count; number++) {
    const message = {
      type: 'SlotFreed',
      time: `2026-03-02T10:0${number}:00.000Z`,
      subject: `s${number}`,
      data: { slotId: `s${number}`, hops: 0 },
    };
    const context = { state: cellOf('head'), stateOf: async (key: string) => cellOf(key) };
    await auditStage.handle(message as never, context as never);
  }
  cells.delete('head');
  return [...cells.values()].filter((entry) => entry !== null);
}

test('the audit log verifies, and not when an entry is changed, left out, or put elsewhere', async () => {
  const entries = await written(4);
  const [first, second, third, fourth] = entries as [AuditEntry, AuditEntry, AuditEntry, AuditEntry];

  expect(firstBroken(entries)).toBeUndefined();
  expect(first.keptUntil).toBe('2032-03-02T10:01:00.000Z');
  for (const name of ['at', 'what', 'who', 'about', 'keptUntil', 'before', 'digest'] as const) {
    const changed = { ...second, [name]: `${second[name].slice(0, -1)}x` };
    expect(firstBroken([first, changed, third, fourth])).toBe(2);
  }
  expect(firstBroken([first, third, fourth])).toBe(2);
  expect(firstBroken([first, third, second, fourth])).toBe(2);
});

test('two days before are two days of the calendar, two hours before two hours', () => {
  const hours = (slotId: string, kind: 'days' | 'hours'): number =>
    (startOf(slotId) - reminderDueMs(slotId, kind)) / 3_600_000;

  expect(hours('2026-03-09T09:00', 'days')).toBe(47);
  expect(hours('2026-03-11T09:00', 'days')).toBe(48);
  expect(hours('2026-11-02T09:00', 'days')).toBe(49);
  expect(hours('2026-03-09T09:00', 'hours')).toBe(2);
});
