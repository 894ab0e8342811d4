import { createHash } from 'node:crypto';
import { beginsAtMs } from '../../../src/flows/authentication/input.ts';
import { authMessages } from '../../../src/flows/authentication/messages.ts';
import type { Hasher } from '../../../src/flows/authentication/passwords.ts';
import type { AuthRow } from '../../../src/flows/authentication/row.ts';
import type { Mortal } from '../a-life.ts';
import { aService, mailProvider, sampleRows, serve } from './a-service.ts';

/** The sample, with two uses of the last session in place of a day of them: what they do is the same each time. */
export async function shortSample(): Promise<readonly AuthRow[]> {
  const rows = await sampleRows();
  const uses = rows.filter(({ action }) => action === 'use');
  return rows.filter((each) => each.action !== 'use' || uses.indexOf(each) < 2);
}

const hashed = (password: string, salt: string): string =>
  `$sha256$ln=1$${salt}$${createHash('sha256').update(salt).update(password).digest('base64')}`;

/** On no thread of its own: those end in any order, and a life would not have the same steps each time. */
const hasherAtOnce: Hasher = {
  ofNobody: hashed('', ''),
  hash: async (password, salt) => hashed(password, Buffer.from(salt).toString('base64')),
  verify: async (password, hash) => hash === hashed(password, hash.split('$')[3] ?? ''),
};

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
    run: (world, { channel }) => serve(world, rows, aService({ channel, hasher: hasherAtOnce })),
    endOf: ({ data }, { provider }) => [
      data,
      [...provider.sent.values()].map(({ deliveryId, text }) => [deliveryId, text]).sort(),
    ],
  };
  return flow;
}
