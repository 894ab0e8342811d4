import type { Datastore } from '../../src/datastore/index.ts';

/** Every delivery as a line, sorted: `order-shipped kim sms skipped opted_out`. */
export async function ledgerLines({ ledger }: Pick<Datastore, 'ledger'>): Promise<string[]> {
  const lines: string[] = [];
  for await (const page of ledger.pages(1000)) {
    for (const { notification, delivery } of page) {
      const { type, customerId } = notification;
      lines.push([type, customerId, delivery.channel, delivery.status, delivery.reason].join(' '));
    }
  }
  return lines.sort();
}

/** The verdicts that ended no delivery, oldest first: `sms quiet_hours`. */
export async function passingVerdicts(
  { ledger }: Pick<Datastore, 'ledger'>,
  notificationId: string,
): Promise<string[]> {
  const verdicts = await ledger.verdicts([notificationId]);
  return verdicts.map(({ channel, reason }) => `${channel} ${reason}`);
}
