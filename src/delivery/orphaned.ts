import type { Ledger } from '../datastore/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { Notification } from '../notifications/index.ts';
import { InterruptedError } from './errors.ts';
import { failureOf } from './failure.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import { failed } from './outcome.ts';

export interface ConcludeOrphanedOptions {
  clock: Clock;
  ledger: Ledger;
  writer: LedgerWriter;
}

const pageSize = 1000;

/** Makes dead letters of the deliveries that were in hand when the process before this one died. */
export async function concludeOrphaned({ clock, ledger, writer }: ConcludeOrphanedOptions): Promise<void> {
  const failure = failureOf(new InterruptedError());
  const judgement = { reason: 'outcome_unknown' } as const;
  for (;;) {
    const lines = await ledger.orphaned(pageSize);
    const written = lines.map(
      ({ notification, delivery }) =>
        new Promise<boolean>((resolve) => {
          const outcome = failed(delivery, { failure, judgement }, clock.now());
          writer.record(notification as unknown as Notification, delivery, outcome, resolve);
        }),
    );
    const isWritten = await Promise.all(written);
    if (lines.length < pageSize || isWritten.includes(false)) return;
  }
}
