import { addDays } from 'date-fns';
import { millisecondsInMinute } from 'date-fns/constants';
import type { Random } from '../../kernel/index.ts';
import type { HealthRow } from './row.ts';

const slotsADay = 16;
/** So many wait, and never answer: each slot that is given back is offered to all of them. */
const waiting = 10;
/** So many of a hundred give back what they have. */
const cancelling = 10;

/** Two hundred requests a second for slots from next week on: some want the same one, some cancel, some wait. */
export function generated(count: number, random: Random, beginsAtMs: number): readonly HealthRow[] {
  const upTo = (most: number): number => Math.floor(random.next() * most);
  const slots = Math.max(1, Math.ceil(count * 0.7));
  const requested: { readonly slotId: string; readonly patientId: string }[] = [];
  return Array.from({ length: count }, (_, index): HealthRow => {
    const atMs = beginsAtMs + index * 5;
    const patientId = `patient-${index + 1}`;
    if (index < waiting)
      return { atMs, action: 'wait', patientId, slotId: '', detail: upTo(5) === 0 ? 'urgent' : 'normal' };
    const given = upTo(100) < cancelling ? requested[upTo(requested.length)] : undefined;
    if (given !== undefined) return { atMs, action: 'cancel', ...given, detail: 'patient' };
    const slotId = slotOf(upTo(slots), beginsAtMs);
    requested.push({ slotId, patientId });
    return { atMs, action: 'request', patientId, slotId, detail: 'R05' };
  });
}

/** The slots of weekdays, from a week after the beginning, which is a Monday. */
function slotOf(number: number, beginsAtMs: number): string {
  const weekday = Math.floor(number / slotsADay);
  const day = addDays(beginsAtMs, 7 + Math.floor(weekday / 5) * 7 + (weekday % 5));
  const minutes = 9 * 60 + (number % slotsADay) * 30;
  const time = new Date(minutes * millisecondsInMinute).toISOString().slice(11, 16);
  return `${day.toISOString().slice(0, 10)}T${time}`;
}
