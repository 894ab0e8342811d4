import type { Stage } from '../../pipeline-runtime/index.ts';
import { type HealthMessage, healthMessages as messages } from './messages.ts';

/** The doctor's own calendar, elsewhere. */
export interface Calendar {
  /**
   * Enters whose slot it is; null: nobody's. Of a version that is not newer than what it has it takes no notice.
   * @throws {Error} when it cannot, or only says so.
   */
  put(slotId: string, entry: { readonly version: number; readonly patientId: string | null }): Promise<void>;
}

/** In memory. */
export class MemoryCalendar implements Calendar {
  readonly entries = new Map<string, { readonly version: number; readonly patientId: string | null }>();

  async put(...[slotId, entry]: Parameters<Calendar['put']>): Promise<void> {
    if (entry.version > (this.entries.get(slotId)?.version ?? 0)) this.entries.set(slotId, entry);
  }
}

/** Tells the calendar, as soon as that is there. A booking stands whether it is told or not. */
export const calendarStage = (
  calendar: Calendar,
): Stage<HealthMessage<'AppointmentBooked' | 'AppointmentCancelled'>, HealthMessage<'CalendarUpdated'>> => ({
  name: 'calendar',
  accepts: ['AppointmentBooked', 'AppointmentCancelled'],
  timeoutMs: 5000,
  // It may be down for a night: what was tried once may overtake what is tried again.
  retry: { attempts: 1000, baseDelayMs: 1000, jitter: false },
  breaker: { failureThreshold: 5, resetAfterMs: 60_000 },
  async handle({ type, data: { slotId, patientId, version } }, { next }) {
    await calendar.put(slotId, { version, patientId: type === 'AppointmentBooked' ? patientId : null });
    return [next(messages.CalendarUpdated, { slotId, version })];
  },
});
