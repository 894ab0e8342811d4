import { type FlowReport, keptBy, type Pipeline } from '../../pipeline-runtime/index.ts';
import { type AuditEntry, firstBroken } from './audit.ts';
import type { Slot } from './booking.ts';
import type { HealthMessages } from './messages.ts';
import type { Reminders } from './reminders.ts';
import { calendarGrid, happenedTable, waitlistTable } from './tables.ts';
import { type Kept, waitlistKey } from './waitlist.ts';

/** What became of the requests, and whether it adds up. */
export async function reportOf(pipeline: Pipeline<HealthMessages>, count: number): Promise<FlowReport> {
  const slots = await keptBy<Slot>(pipeline, 'reserve');
  const audit = await keptBy<AuditEntry>(pipeline, 'audit');
  const kept = await keptBy<Kept>(pipeline, 'waitlist');
  const reminders = await keptBy<Reminders>(pipeline, 'reminders');
  const { list = [] } = kept.get(waitlistKey) ?? {};
  kept.delete(waitlistKey);
  audit.delete('head');
  const entries = [...audit.values()];
  const appointments = [...slots].flatMap(([slotId, slot]) =>
    slot.appointments.map((appointment) => ({ slotId, ...appointment })),
  );
  const counts: Record<string, number> = {};
  for (const { what } of entries) counts[what] = (counts[what] ?? 0) + 1;
  const said = (type: keyof HealthMessages): number => counts[type] ?? 0;
  const booked = appointments.filter(({ status }) => status === 'booked');
  const pending = [...reminders.values()].reduce((sum, each) => sum + Object.keys(each).length, 0);
  const broken = firstBroken(entries);
  const open = [...kept.values()].filter(({ isOpen }) => isOpen).length;
  const failed = said('MailFailed');
  return {
    count,
    statistics: pipeline.statistics(),
    pictures: [calendarGrid(slots)],
    tables: [waitlistTable(list), happenedTable(counts)],
    checks: [
      {
        words: `each slot has one appointment that is booked (${booked.length}), or none`,
        holds: [...slots.values()].every(
          ({ is, appointments: own }) =>
            own.slice(0, -1).every(({ status }) => status === 'cancelled') &&
            (is === 'busy') === (own.at(-1) !== undefined && own.at(-1)?.status !== 'cancelled'),
        ),
      },
      {
        words: 'each slot that is kept for those who wait is offered to one of them',
        holds: open === [...slots.values()].filter(({ is }) => is === 'offered').length,
      },
      {
        words: `each reminder was sent (${said('ReminderSent')}), skipped or cancelled, or is still to come (${pending})`,
        holds:
          said('ReminderScheduled') <= said('ReminderSent') + said('ReminderCancelled') + pending + failed,
      },
      {
        words: 'the doctor’s calendar has heard of each change',
        holds: said('CalendarUpdated') === said('AppointmentBooked') + said('AppointmentCancelled'),
      },
      {
        words: `the audit log is as it was written (${entries.length} entries)`,
        holds: broken === undefined,
      },
    ],
    data: {
      appointments,
      waitlist: list,
      counts,
      audit: { entries: entries.length, digest: entries.at(-1)?.digest ?? null, broken: broken ?? null },
    },
  };
}
