import { mailboxOf } from './mailbox.ts';

/** What a step that SQL alone cannot take needs of a connection. */
export interface Migrating {
  prepare(sql: string): { all(): unknown[]; run(parameters: unknown[]): unknown };
}

/** Suppressions by the normal form of their addresses: the first of several spellings stands. */
export function foldSuppressions(connection: Migrating): void {
  const rows = connection.prepare('select * from suppression_as_given order by since').all();
  const insert = connection.prepare(
    'insert into suppression (mailbox, address, reason, since) values (?, ?, ?, ?) on conflict do nothing',
  );
  for (const { address, reason, since } of rows as { address: string; reason: string; since: number }[])
    insert.run([mailboxOf(address), address, reason, since]);
}
