import type { Channel } from '../../../src/delivery/index.ts';
import { type Calendar, MemoryCalendar } from '../../../src/flows/healthcare/calendar.ts';
import { beginsAtMs, entriesOf, readRows } from '../../../src/flows/healthcare/input.ts';
import { healthMessages } from '../../../src/flows/healthcare/messages.ts';
import { simulatedContacts } from '../../../src/flows/healthcare/notify.ts';
import { reportOf } from '../../../src/flows/healthcare/report.ts';
import type { HealthRow } from '../../../src/flows/healthcare/row.ts';
import { healthPipeline } from '../../../src/flows/healthcare/run.ts';
import { seededRandom } from '../../../src/kernel/index.ts';
import { type FlowWorld, feed } from '../../../src/pipeline-runtime/index.ts';
import { type BusName, playOnce } from '../a-life.ts';
import { MailProvider } from '../mail-provider.ts';

export const sampleRows = (): Promise<readonly HealthRow[]> => readRows({ kind: 'sample' }, seededRandom(1));

export const mailProvider = (): MailProvider => new MailProvider(beginsAtMs);

export interface Elsewhere {
  readonly channel: Channel;
  readonly calendar: Calendar;
}

export async function practise(world: FlowWorld, rows: readonly HealthRow[], elsewhere: Elsewhere) {
  const pipeline = healthPipeline(world, { ...elsewhere, contacts: simulatedContacts });
  pipeline.start();
  await feed(pipeline, world.clock, entriesOf(rows));
  return reportOf(pipeline, rows.length);
}

export async function playRows(
  busName: BusName,
  rows: readonly HealthRow[],
  calendar: Calendar = new MemoryCalendar(),
) {
  const provider = mailProvider();
  const flow = { catalogue: healthMessages, beginsAtMs };
  const elsewhere = { channel: provider.channel, calendar };
  const played = await playOnce(busName, flow, (world) => practise(world, rows, elsewhere));
  return { ...played, mails: [...provider.sent.values()] };
}
