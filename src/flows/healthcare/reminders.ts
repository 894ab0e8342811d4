import type { Stage } from '../../pipeline-runtime/index.ts';
import {
  type HealthMessage,
  healthMessages as messages,
  type ReminderKind,
  reminderKinds,
} from './messages.ts';
import { reminderDueMs } from './schedule.ts';

/** For when each is set that has not come. */
export type Reminders = Readonly<Partial<Record<ReminderKind, number>>>;

type In = HealthMessage<'AppointmentBooked' | 'AppointmentCancelled' | 'ReminderDue'>;
type Out = HealthMessage<'ReminderScheduled' | 'ReminderSkipped' | 'ReminderCancelled'>;

/** Sets a timer for each reminder, and takes back what is of no use any more. */
export const remindStage: Stage<In, Out, Reminders> = {
  name: 'reminders',
  accepts: ['AppointmentBooked', 'AppointmentCancelled', 'ReminderDue'],
  state: { initial: () => ({}), key: ({ data }) => data.appointmentId },
  handle({ type, data }, { state, at, cancel, next, nowMs }) {
    const { slotId, patientId, appointmentId } = data;
    const of = { slotId, patientId, appointmentId };
    const pending = state.get();
    if (type === 'ReminderDue') {
      const { [data.kind]: _, ...others } = pending;
      state.set(others);
      return [];
    }
    if (type === 'AppointmentCancelled') {
      state.clear();
      return reminderKinds
        .filter((kind) => pending[kind] !== undefined)
        .map((kind) => {
          cancel(`${appointmentId} ${kind}`);
          return next(messages.ReminderCancelled, { kind, ...of });
        });
    }
    const dues = reminderKinds.map((kind) => ({ kind, dueMs: reminderDueMs(slotId, kind) }));
    state.set(
      Object.fromEntries(dues.filter(({ dueMs }) => dueMs > nowMs).map(({ kind, dueMs }) => [kind, dueMs])),
    );
    return dues.map(({ kind, dueMs }) => {
      if (dueMs <= nowMs) return next(messages.ReminderSkipped, { kind, ...of });
      at(`${appointmentId} ${kind}`, dueMs, next(messages.ReminderDue, { kind, ...of }));
      return next(messages.ReminderScheduled, { kind, dueMs, ...of });
    });
  },
};
