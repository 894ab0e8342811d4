import { type Channel, captureEmail } from '../../delivery/index.ts';
import type { Random } from '../../kernel/index.ts';
import {
  type FlowInput,
  type FlowWorld,
  feed,
  type OpenFlow,
  Pipeline,
} from '../../pipeline-runtime/index.ts';
import { auditStage } from './audit.ts';
import { reserveStage, validateStage } from './booking.ts';
import { type Calendar, calendarStage, MemoryCalendar } from './calendar.ts';
import { entriesOf, readRows } from './input.ts';
import type { HealthMessages } from './messages.ts';
import { type Contacts, notifyStage, simulatedContacts } from './notify.ts';
import { remindStage } from './reminders.ts';
import { reportOf } from './report.ts';
import { waitlistStage } from './waitlist.ts';

/** Whom the practice needs beyond itself. */
export interface HealthPorts {
  readonly channel: Channel;
  readonly contacts: Contacts;
  readonly calendar: Calendar;
}

/** The stages of the practice over the world's bus. */
export const healthPipeline = (
  world: FlowWorld,
  { channel, contacts, calendar }: HealthPorts,
): Pipeline<HealthMessages> =>
  new Pipeline<HealthMessages>({
    ...world,
    stages: [
      validateStage,
      reserveStage,
      notifyStage(channel, contacts),
      remindStage,
      calendarStage(calendar),
      waitlistStage,
      auditStage,
    ],
  });

/** Reads what patients want, and gives what books it and says what became of it. */
export async function prepareAppointments(
  input: FlowInput,
  random: Random,
): Promise<(world: FlowWorld) => OpenFlow> {
  const rows = await readRows(input, random);
  return (world) => {
    const channel = captureEmail({ clock: world.clock });
    const ports = { channel, contacts: simulatedContacts, calendar: new MemoryCalendar() };
    const pipeline = healthPipeline(world, ports);
    return {
      pipeline,
      play: () => feed(pipeline, world.clock, entriesOf(rows)),
      report: () => reportOf(pipeline, rows.length),
    };
  };
}
