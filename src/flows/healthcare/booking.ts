import type { Stage } from '../../pipeline-runtime/index.ts';
import { type HealthMessage, healthMessages as messages, type Status } from './messages.ts';
import { isScheduled, startOf } from './schedule.ts';

/** Lets in what the schedule has. Why a patient comes is kept here, and told to nobody. */
export const validateStage: Stage<
  HealthMessage<'AppointmentRequested'>,
  HealthMessage<'SlotRequested' | 'AppointmentRejected'>,
  { readonly reasonCode: string }
> = {
  name: 'validate',
  accepts: ['AppointmentRequested'],
  state: { initial: () => ({ reasonCode: '' }), key: ({ data }) => `${data.slotId} ${data.patientId}` },
  handle({ data: { slotId, patientId, reasonCode } }, { state, next, nowMs }) {
    const of = { slotId, patientId };
    if (!isScheduled(slotId)) return [next(messages.AppointmentRejected, { reason: 'unknown_slot', ...of })];
    if (startOf(slotId) <= nowMs) return [next(messages.AppointmentRejected, { reason: 'slot_past', ...of })];
    state.set({ reasonCode });
    return [next(messages.SlotRequested, of)];
  },
};

/** A slot, and who had it. */
export interface Slot {
  /** Offered: it is kept for those who wait. */
  readonly is: 'free' | 'busy' | 'offered';
  /** How often it has changed. */
  readonly version: number;
  /** Of all its appointments at most the last one is booked. */
  readonly appointments: readonly {
    readonly appointmentId: string;
    readonly patientId: string;
    readonly status: Status;
  }[];
}

type In = HealthMessage<'SlotRequested' | 'CancelRequested' | 'VisitEnded' | 'OfferAccepted' | 'SlotFreed'>;
type Out = HealthMessage<
  'AppointmentBooked' | 'AppointmentRejected' | 'AppointmentCancelled' | 'AppointmentEnded' | 'SlotReleased'
>;

/** Gives each slot to one patient. What is asked of one slot comes one after the other. */
export const reserveStage: Stage<In, Out, Slot> = {
  name: 'reserve',
  accepts: ['SlotRequested', 'CancelRequested', 'VisitEnded', 'OfferAccepted', 'SlotFreed'],
  state: { initial: () => ({ is: 'free', version: 0, appointments: [] }) },
  handle({ type, data }, { state, next, nowMs }) {
    const slot = state.get();
    const { slotId } = data;
    const version = slot.version + 1;
    if (type === 'SlotFreed') {
      state.set({ ...slot, version, is: 'free' });
      return [];
    }
    const { patientId } = data;
    const of = { slotId, patientId };
    if (type === 'SlotRequested' || type === 'OfferAccepted') {
      if (slot.is !== (type === 'SlotRequested' ? 'free' : 'offered'))
        return [next(messages.AppointmentRejected, { reason: 'slot_taken', ...of })];
      const appointmentId = `${slotId}/${slot.appointments.length + 1}`;
      const booked = { appointmentId, patientId, status: 'booked' } as const;
      state.set({ is: 'busy', version, appointments: [...slot.appointments, booked] });
      return [next(messages.AppointmentBooked, { appointmentId, version, ...of })];
    }
    const current = slot.appointments.at(-1);
    const hasBegun = startOf(slotId) <= nowMs;
    const isTheirs = current?.patientId === patientId && current.status === 'booked';
    if (!isTheirs || hasBegun !== (type === 'VisitEnded'))
      return [next(messages.AppointmentRejected, { reason: 'not_booked', ...of })];
    const status: Status = type === 'VisitEnded' ? data.status : 'cancelled';
    const appointments = [...slot.appointments.slice(0, -1), { ...current, status }];
    const appointment = { appointmentId: current.appointmentId, version, ...of };
    if (type === 'VisitEnded') {
      state.set({ ...slot, version, appointments });
      return [next(messages.AppointmentEnded, { ...appointment, status: data.status })];
    }
    state.set({ is: 'offered', version, appointments });
    return [
      next(messages.AppointmentCancelled, { ...appointment, by: data.by }),
      next(messages.SlotReleased, { slotId }),
    ];
  },
};
