import { OrderedMap } from '@js-sdsl/ordered-map';
import { captureEmail } from '../../src/delivery/index.ts';
import { type AuditEntry, entryBehind, firstBroken } from '../../src/flows/healthcare/audit.ts';
import type { Slot } from '../../src/flows/healthcare/booking.ts';
import { MemoryCalendar } from '../../src/flows/healthcare/calendar.ts';
import { readRows } from '../../src/flows/healthcare/input.ts';
import { reminderKinds } from '../../src/flows/healthcare/messages.ts';
import { mailOf, simulatedContacts, type Written } from '../../src/flows/healthcare/notify.ts';
import type { HealthRow } from '../../src/flows/healthcare/row.ts';
import { isScheduled, practice, reminderDueMs, startOf } from '../../src/flows/healthcare/schedule.ts';
import { placed, type Waiting } from '../../src/flows/healthcare/waitlist.ts';
import { seededRandom, VirtualClock } from '../../src/kernel/index.ts';
import { createTemplates } from '../../src/notifications/index.ts';
import type { Measured } from '../measure.ts';
import { mailer } from './naive-mailer.ts';
import { timed } from './timed.ts';

interface Timer {
  readonly key: string;
  readonly ring: (nowMs: number) => Promise<void>;
}

/** The practice by itself: slots, offers, reminders, mails, the log. In what is generated nobody answers an offer, or is seen by a doctor. */
export async function bookByLoop(rows: readonly HealthRow[]) {
  const slots = new Map<string, Slot>();
  const calendar = new MemoryCalendar();
  const audit: AuditEntry[] = [];
  const asked = new Map<string, Set<string>>();
  const offered = new Set<string>();
  const timers = new OrderedMap<readonly [dueMs: number, number: number], Timer>(
    [],
    ([one, first], [other, second]) => one - other || first - second,
  );
  const reminders = new Map<string, readonly [number, number]>();
  let [waitlist, timersSet]: [readonly Waiting[], number] = [[], 0];
  const directory = new URL('../../src/flows/healthcare/templates/', import.meta.url);
  const from = { name: practice.name, address: practice.address };
  const send = mailer(captureEmail({ clock: new VirtualClock(0) }), createTemplates({ directory }), from);

  const log = (nowMs: number, what: string, who: string, about: string): void =>
    void audit.push(entryBehind(audit.at(-1), { at: new Date(nowMs).toISOString(), what, who, about }));
  const at = (dueMs: number, timer: Timer): readonly [number, number] => {
    const place = [dueMs, ++timersSet] as const;
    timers.setElement(place, timer);
    return place;
  };
  const ringUntil = async (untilMs: number): Promise<void> => {
    for (let next = timers.front(); next !== undefined && next[0][0] <= untilMs; next = timers.front()) {
      timers.eraseElementByKey(next[0]);
      reminders.delete(next[1].key);
      await next[1].ring(next[0][0]);
    }
  };
  const write = async (nowMs: number, written: Written): Promise<void> => {
    const { patientId } = written.data;
    const { name, address } = await simulatedContacts.of(patientId);
    const mail = mailOf(written);
    await send({ ...mail, to: address, recipientName: name });
    log(nowMs, `notify has read the address for ${mail.template}`, patientId, patientId);
  };
  const offer = async (nowMs: number, slotId: string): Promise<void> => {
    const before = asked.get(slotId) ?? new Set();
    const chosen = waitlist.find(({ patientId }) => !before.has(patientId) && !offered.has(patientId));
    const startMs = startOf(slotId);
    const slot = slots.get(slotId);
    if (chosen === undefined || startMs <= nowMs) {
      asked.delete(slotId);
      log(nowMs, 'SlotFreed', '', slotId);
      if (slot !== undefined) slots.set(slotId, { ...slot, version: slot.version + 1, is: 'free' });
      return;
    }
    const { patientId } = chosen;
    const untilMs = Math.min(nowMs + practice.offerMs, startMs);
    asked.set(slotId, before.add(patientId));
    offered.add(patientId);
    log(nowMs, 'SlotOffered', patientId, slotId);
    const data = { slotId, patientId, number: before.size, untilMs, hops: 0 };
    await write(nowMs, { type: 'SlotOffered', data });
    const ring = async (dueMs: number): Promise<void> => {
      log(dueMs, 'OfferExpired', patientId, slotId);
      offered.delete(patientId);
      await offer(dueMs, slotId);
    };
    at(untilMs, { key: slotId, ring });
  };
  const enter = async (nowMs: number, slotId: string, version: number, patientId: string | null) => {
    await calendar.put(slotId, { version, patientId });
    log(nowMs, 'CalendarUpdated', '', slotId);
  };
  const book = async (nowMs: number, slotId: string, patientId: string): Promise<void> => {
    const slot = slots.get(slotId) ?? { is: 'free', version: 0, appointments: [] };
    if (!isScheduled(slotId) || startOf(slotId) <= nowMs || slot.is !== 'free')
      return log(nowMs, 'AppointmentRejected', patientId, slotId);
    const appointmentId = `${slotId}/${slot.appointments.length + 1}`;
    const version = slot.version + 1;
    const booked = { appointmentId, patientId, status: 'booked' } as const;
    slots.set(slotId, { is: 'busy', version, appointments: [...slot.appointments, booked] });
    log(nowMs, 'AppointmentBooked', patientId, slotId);
    const data = { slotId, patientId, appointmentId, hops: 0 };
    await write(nowMs, { type: 'AppointmentBooked', data: { ...data, version } });
    await enter(nowMs, slotId, version, patientId);
    for (const kind of reminderKinds) {
      const dueMs = reminderDueMs(slotId, kind);
      log(nowMs, dueMs <= nowMs ? 'ReminderSkipped' : 'ReminderScheduled', patientId, slotId);
      if (dueMs <= nowMs) continue;
      const key = `${appointmentId} ${kind}`;
      const ring = async (): Promise<void> => {
        await write(dueMs, { type: 'ReminderDue', data: { ...data, kind } });
        log(dueMs, 'ReminderSent', patientId, slotId);
      };
      reminders.set(key, at(dueMs, { key, ring }));
    }
  };
  const cancel = async (nowMs: number, slotId: string, patientId: string): Promise<void> => {
    const slot = slots.get(slotId);
    const current = slot?.appointments.at(-1);
    const isTheirs = current?.patientId === patientId && current.status === 'booked';
    if (slot === undefined || !isTheirs || startOf(slotId) <= nowMs)
      return log(nowMs, 'AppointmentRejected', patientId, slotId);
    const version = slot.version + 1;
    const appointments = slot.appointments.with(-1, { ...current, status: 'cancelled' });
    slots.set(slotId, { is: 'offered', version, appointments });
    log(nowMs, 'AppointmentCancelled', patientId, slotId);
    const { appointmentId } = current;
    const data = { slotId, patientId, appointmentId, version, by: 'patient', hops: 0 } as const;
    await write(nowMs, { type: 'AppointmentCancelled', data });
    await enter(nowMs, slotId, version, null);
    for (const kind of reminderKinds) {
      const place = reminders.get(`${appointmentId} ${kind}`);
      if (place === undefined) continue;
      timers.eraseElementByKey(place);
      log(nowMs, 'ReminderCancelled', patientId, slotId);
    }
    log(nowMs, 'SlotReleased', '', slotId);
    await offer(nowMs, slotId);
  };

  for (const { atMs, action, patientId, slotId, detail } of rows) {
    await ringUntil(atMs);
    if (action === 'wait') {
      const priority = detail === 'urgent' ? 'urgent' : 'normal';
      log(atMs, 'WaitlistJoined', patientId, patientId);
      if (!waitlist.some((each) => each.patientId === patientId))
        waitlist = placed(waitlist, { patientId, priority });
    } else if (action === 'request') {
      log(atMs, 'AppointmentRequested', patientId, slotId);
      await book(atMs, slotId, patientId);
    } else if (action === 'cancel') {
      log(atMs, 'CancelRequested', patientId, slotId);
      await cancel(atMs, slotId, patientId);
    } else throw new TypeError(`the loop knows no ${action}`);
  }
  await ringUntil(Number.POSITIVE_INFINITY);
  const counts: Record<string, number> = {};
  for (const { what } of audit) counts[what] = (counts[what] ?? 0) + 1;
  return {
    appointments: [...slots].flatMap(([slotId, slot]) =>
      slot.appointments.map((appointment) => ({ slotId, ...appointment })),
    ),
    waitlist,
    counts,
    audit: { entries: audit.length, broken: firstBroken(audit) ?? null },
  };
}

export async function naiveHealthcare(count: number): Promise<Measured> {
  const rows = await readRows({ kind: 'load', count }, seededRandom(1));
  return timed(rows.length, () => bookByLoop(rows));
}
