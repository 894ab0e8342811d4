import { beginsAtMs } from '../../../src/flows/authentication/input.ts';
import { authMessages } from '../../../src/flows/authentication/messages.ts';
import type { AuthRow } from '../../../src/flows/authentication/row.ts';
import type { Mortal } from '../a-life.ts';
import { aService, mailProvider, sampleRows, serve } from './a-service.ts';

/** The sample, with two uses of the last session in place of a day of them: what they do is the same each time. */
export async function shortSample(): Promise<readonly AuthRow[]> {
  const rows = await sampleRows();
  const uses = rows.filter(({ action }) => action === 'use');
  return rows.filter((each) => each.action !== 'use' || uses.indexOf(each) < 2);
}

/** A service whose processes die, vault and all; who sends its mails does not. */
export function mortalService(rows: readonly AuthRow[]) {
  const outside = () => {
    const provider = mailProvider();
    return { provider, channel: provider.channel };
  };
  const flow: Mortal<ReturnType<typeof outside>> = {
    catalogue: authMessages,
    beginsAtMs,
    outside,
    called: ['channel'],
    run: (world, { channel }) => serve(world, rows, aService({ channel })),
    endOf: ({ data }, { provider }) => [
      data,
      [...provider.sent.values()].map(({ deliveryId, text }) => [deliveryId, text]).sort(),
    ],
  };
  return flow;
}
