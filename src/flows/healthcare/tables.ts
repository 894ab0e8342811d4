import type { FlowReport } from '../../pipeline-runtime/index.ts';
import type { Grid } from '../../report/index.ts';
import type { Slot } from './booking.ts';
import type { HealthMessages } from './messages.ts';
import type { Waiting } from './waitlist.ts';

type FlowTable = FlowReport['tables'][number];

/** No list on a screen is longer. */
const longestList = 15;
const mostDays = 5;

/** A column for each day, a row for each time at which anything is. */
export function calendarGrid(slots: ReadonlyMap<string, Slot>): Grid {
  const ids = [...slots.keys()].sort();
  const days = [...new Set(ids.map((id) => id.slice(0, 10)))].slice(0, mostDays);
  const shown = ids.filter((id) => days.includes(id.slice(0, 10)));
  const times = [...new Set(shown.map((id) => id.slice(11)))].sort();
  return {
    kind: 'grid',
    caption: 'Calendar of the practice',
    heading: ['', ...days],
    rows: times.map((name) => ({ name, fields: days.map((day) => fieldOf(slots.get(`${day}T${name}`))) })),
  };
}

function fieldOf(slot: Slot | undefined): Grid['rows'][number]['fields'][number] {
  if (slot === undefined) return { text: '' };
  if (slot.is !== 'busy') return { text: slot.is, tone: slot.is === 'free' ? 'muted' : 'warning' };
  const { patientId, status } = slot.appointments.at(-1) ?? { patientId: '', status: 'booked' };
  const text = status === 'booked' ? patientId : `${patientId}, ${status}`;
  return { text, tone: status === 'noshow' ? 'bad' : 'good' };
}

export const waitlistTable = (list: readonly Waiting[]): FlowTable => ({
  title: list.length > longestList ? `Waitlist (the first ${longestList} of ${list.length})` : 'Waitlist',
  columns: ['place', 'patient', 'priority'],
  rows: list
    .slice(0, longestList)
    .map(({ patientId, priority }, index) => [String(index + 1), patientId, priority]),
});

const told: readonly (readonly [words: string, ...types: (keyof HealthMessages)[]])[] = [
  ['appointments booked', 'AppointmentBooked'],
  ['… cancelled', 'AppointmentCancelled'],
  ['… refused', 'AppointmentRejected'],
  ['slots offered', 'SlotOffered'],
  ['… accepted', 'OfferAccepted'],
  ['… declined', 'OfferDeclined'],
  ['… let go by', 'OfferExpired'],
  ['reminders sent', 'ReminderSent'],
  ['… cancelled', 'ReminderCancelled'],
  ['… skipped, since it was too late', 'ReminderSkipped'],
  ['mails that could not be sent', 'MailFailed'],
];

export const happenedTable = (counts: Readonly<Record<string, number>>): FlowTable => ({
  title: 'What has happened',
  columns: ['what', 'how often'],
  rows: told.map(([words, type]) => [words, String(counts[type as string] ?? 0)]),
});
