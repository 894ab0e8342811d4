import { MemoryCalendar } from '../../../src/flows/healthcare/calendar.ts';
import { beginsAtMs } from '../../../src/flows/healthcare/input.ts';
import { healthMessages } from '../../../src/flows/healthcare/messages.ts';
import type { HealthRow } from '../../../src/flows/healthcare/row.ts';
import type { Mortal } from '../a-life.ts';
import { mailProvider, practise } from './a-practice.ts';

/** A practice whose processes die; who sends its mails, and the doctor's calendar, do not. */
export function mortalPractice(rows: readonly HealthRow[]) {
  const outside = () => {
    const provider = mailProvider();
    return { provider, channel: provider.channel, calendar: new MemoryCalendar() };
  };
  const flow: Mortal<ReturnType<typeof outside>> = {
    catalogue: healthMessages,
    beginsAtMs,
    outside,
    called: ['channel', 'calendar'],
    run: (world, elsewhere) => practise(world, rows, elsewhere),
    // In which order unrelated things come to the audit log may differ, and with it the digest.
    endOf: ({ data: { audit: _, ...data } }, { provider, calendar }) => [
      data,
      [...provider.sent.values()].map(({ deliveryId, text }) => [deliveryId, text]).sort(),
      [...calendar.entries].sort(),
    ],
  };
  return flow;
}
