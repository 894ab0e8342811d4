const words: Readonly<Record<string, string>> = {
  'in-memory': 'in-memory bus',
  durable: 'durable bus',
  'after-commit': 'call after commit',
  transactional: 'call in transaction',
};

/** With what the name of a hand-over ends whose datastore is on a server. */
export const onServerSuffix = '-on-postgresql';

/** The same hand-over, wherever its datastore is. */
export const embeddedHandOver = (handOver: string): string =>
  handOver.endsWith(onServerSuffix) ? handOver.slice(0, -onServerSuffix.length) : handOver;

/** How what happens is handed over, as a table says it. */
export function handOverInWords(handOver: string): string {
  const embedded = embeddedHandOver(handOver);
  const said = words[embedded] ?? embedded;
  return embedded === handOver ? said : `${said} on PostgreSQL`;
}
