import type { Channel } from '../../delivery/index.ts';
import { createTemplates } from '../../notifications/index.ts';
import type { Stage } from '../../pipeline-runtime/index.ts';
import { type Mail, mailStage } from '../mails/index.ts';
import { type HealthMessage, healthMessages as messages } from './messages.ts';
import { inWords, localTime, practice } from './schedule.ts';

/** Where patients are written to. */
export interface Contacts {
  of(patientId: string): Promise<{ readonly name: string; readonly address: string }>;
}

/** Whoever it is has a name and an address. */
export const simulatedContacts: Contacts = {
  of: async (patientId) => ({
    name: patientId.charAt(0).toUpperCase() + patientId.slice(1),
    address: `${patientId}@patients.example`,
  }),
};

type In = HealthMessage<'AppointmentBooked' | 'AppointmentCancelled' | 'SlotOffered' | 'ReminderDue'>;
/** What leads to a mail. */
export type Written<Each extends In = In> = Each extends In ? Pick<Each, 'type' | 'data'> : never;
type Out = HealthMessage<'ReminderSent' | 'MailFailed' | 'RecordAccessed'>;

/** Writes to patients: when and where, and never why. */
export const notifyStage = (channel: Channel, contacts: Contacts): Stage<In, Out> =>
  mailStage<In, Out>({
    name: 'notify',
    accepts: ['AppointmentBooked', 'AppointmentCancelled', 'SlotOffered', 'ReminderDue'],
    channel,
    templates: createTemplates({ directory: new URL('./templates/', import.meta.url) }),
    from: { name: practice.name, address: practice.address },
    async compose(message) {
      const { name, address } = await contacts.of(message.data.patientId);
      return { ...mailOf(message), to: address, recipientName: name };
    },
    told(message, end, { next }) {
      const { slotId, patientId } = message.data;
      const { template, key } = mailOf(message);
      const access = { patientId, who: 'notify', what: 'address', why: template };
      const looked = next(messages.RecordAccessed, access);
      if (!end.isSent)
        return [looked, next(messages.MailFailed, { slotId, patientId, mail: key, reason: end.reason })];
      return message.type === 'ReminderDue' ? [looked, next(messages.ReminderSent, message.data)] : [looked];
    },
  });

export function mailOf({ type, data }: Written): Pick<Mail, 'key' | 'template' | 'variables'> {
  const place = { when: inWords(data.slotId), where: practice.where, practice: practice.name };
  switch (type) {
    case 'AppointmentBooked':
      return { key: `booked ${data.appointmentId}`, template: 'booked', variables: place };
    case 'AppointmentCancelled':
      return { key: `cancelled ${data.appointmentId}`, template: 'cancelled', variables: place };
    case 'ReminderDue':
      return { key: `reminder ${data.appointmentId} ${data.kind}`, template: 'reminder', variables: place };
    case 'SlotOffered':
      return {
        key: `offer ${data.slotId} ${data.patientId} ${data.untilMs}`,
        template: 'offer',
        variables: { ...place, until: localTime(data.untilMs) },
      };
  }
}
