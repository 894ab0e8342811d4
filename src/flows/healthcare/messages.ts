import { z } from 'zod';
import { defineMessage, type Message, type MessagesOf } from '../../events/index.ts';

const source = '/flows/healthcare';
const hops = z.int().nonnegative();
const patientId = z.string().regex(/^[\w.-]{1,64}$/);
/** When it begins, by the clock of the practice: `2026-03-09T09:00`. */
const slotId = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
const appointmentId = z.string().min(1);
const slot = { hops, slotId };
const of = { ...slot, patientId };
/** Grows with each change of the slot: who hears of two changes in the wrong order can tell. */
const version = z.int().positive();
const appointment = { ...of, appointmentId, version };

const refusals = ['unknown_slot', 'slot_past', 'slot_taken', 'not_booked', 'no_offer'] as const;
/** Of an `Appointment` in FHIR, those that are used here. */
export const statuses = ['booked', 'cancelled', 'fulfilled', 'noshow'] as const;
export const reminderKinds = ['days', 'hours'] as const;
const reminder = { ...of, appointmentId, kind: z.enum(reminderKinds) };

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as unknown as { slotId: string }).slotId,
    versions: [z.object({ ...slot, ...shape })],
  });

const aboutPatient = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  defineMessage({
    type,
    source,
    subject: (said) => (said as unknown as { patientId: string }).patientId,
    versions: [z.object({ hops, patientId, ...shape })],
  });

/** All that is said in the practice. Why somebody comes is in the first message alone. */
export const healthMessages = {
  AppointmentRequested: about('AppointmentRequested', { ...of, reasonCode: z.string() }),
  CancelRequested: about('CancelRequested', { ...of, by: z.enum(['patient', 'practice']) }),
  OfferAnswered: about('OfferAnswered', { ...of, isAccepted: z.boolean() }),
  VisitEnded: about('VisitEnded', { ...of, status: z.enum(['fulfilled', 'noshow']) }),
  /** The slot is one of the schedule, and still to come. */
  SlotRequested: about('SlotRequested', of),
  AppointmentRejected: about('AppointmentRejected', { ...of, reason: z.enum(refusals) }),
  AppointmentBooked: about('AppointmentBooked', appointment),
  AppointmentCancelled: about('AppointmentCancelled', {
    ...appointment,
    by: z.enum(['patient', 'practice']),
  }),
  AppointmentEnded: about('AppointmentEnded', { ...appointment, status: z.enum(['fulfilled', 'noshow']) }),
  /** It is kept for those who wait, until they were asked. */
  SlotReleased: about('SlotReleased', {}),
  /** Nobody who waits wants it. */
  SlotFreed: about('SlotFreed', {}),
  WaitlistJoined: aboutPatient('WaitlistJoined', { priority: z.enum(['urgent', 'normal']) }),
  SlotOffered: about('SlotOffered', { ...of, number: z.int().positive(), untilMs: z.int() }),
  OfferAccepted: about('OfferAccepted', of),
  OfferDeclined: about('OfferDeclined', of),
  OfferExpired: about('OfferExpired', of),
  ReminderScheduled: about('ReminderScheduled', { ...reminder, dueMs: z.int() }),
  /** Booked when its time was over. */
  ReminderSkipped: about('ReminderSkipped', reminder),
  ReminderCancelled: about('ReminderCancelled', reminder),
  ReminderDue: about('ReminderDue', reminder),
  ReminderSent: about('ReminderSent', reminder),
  MailFailed: about('MailFailed', { ...of, mail: z.string(), reason: z.string() }),
  CalendarUpdated: about('CalendarUpdated', { version }),
  /** Who has looked up what of a patient, and what for. */
  RecordAccessed: aboutPatient('RecordAccessed', { who: z.string(), what: z.string(), why: z.string() }),
} as const;

export type HealthMessages = MessagesOf<typeof healthMessages>;
export type HealthMessage<Type extends keyof HealthMessages> = {
  [T in Type]: Message<T, HealthMessages[T]>;
}[Type];
export type Status = (typeof statuses)[number];
export type ReminderKind = (typeof reminderKinds)[number];
