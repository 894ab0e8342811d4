import type { Datastore, Suppression } from '../../datastore/index.ts';
import { InputError, quote } from '../../kernel/index.ts';

/** What was asked for one address, and whether it changed anything. */
export interface Change {
  readonly address: string;
  readonly change: 'added' | 'removed' | 'already there' | 'not there';
}

export interface SuppressOptions extends Pick<Suppression, 'reason'> {
  readonly addresses: readonly string[];
  readonly note?: string;
}

/**
 * Has these addresses, in every spelling, not written to any more, from the shop's time on.
 * @throws {InputError} one is none; nothing is changed then.
 */
export async function suppress(
  datastore: Datastore,
  { addresses, reason, note }: SuppressOptions,
): Promise<readonly Change[]> {
  for (const address of addresses) refuseOddities(address);
  const sinceMs = (await datastore.statistics.latestMs()) ?? 0;
  const detail = note === undefined ? {} : { detail: note };
  return datastore.transaction(async ({ suppressions }) => {
    const changes: Change[] = [];
    for (const address of addresses) {
      const isNew = await suppressions.add({ address, reason, sinceMs, source: 'operator', ...detail });
      changes.push({ address, change: isNew ? 'added' : 'already there' });
    }
    return changes;
  });
}

/** Lets them be written to again. What was skipped meanwhile stays skipped. */
export async function lift(datastore: Datastore, addresses: readonly string[]): Promise<readonly Change[]> {
  return datastore.transaction(async ({ suppressions }) => {
    const changes: Change[] = [];
    for (const address of addresses)
      changes.push({ address, change: (await suppressions.remove(address)) ? 'removed' : 'not there' });
    return changes;
  });
}

function refuseOddities(address: string): void {
  if (address.trim() !== '' && !/\p{Cc}/u.test(address)) return;
  throw new InputError({
    message: `${quote(address)} is no address`,
    help: 'Give a mail address, a phone number with its country, a URL or a push token.',
  });
}
