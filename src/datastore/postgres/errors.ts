import { DatastoreUnavailableError } from '../errors.ts';

/** By the first letters of PostgreSQL's or the system's code: what to do. */
const helpFor: Readonly<Record<string, string>> = {
  '08': 'Check the server and the network between, then try again.',
  '0A000': 'A newer program has changed the tables; try again.',
  '25006': 'It takes no writes: name the primary server.',
  '25P03': 'This process stood still for too long within a transaction; try again.',
  '40': 'Another worker was at the same; try again.',
  '53': 'Make room on its disk, or allow more connections, then try again.',
  '55P03': 'Another worker is writing to it; try again when that has finished.',
  '57': 'Try again when the server is up.',
  '58': 'Check its disk, then try again.',
  ECONN: 'Check that the server is up, then try again.',
  EHOST: 'Check the network, then try again.',
  ENET: 'Check the network, then try again.',
  EAI: 'Check the name of the host, then try again.',
  ENOTFOUND: 'Check the name of the host, then try again.',
  EPIPE: 'Check that the server is up, then try again.',
  ETIMEDOUT: 'Check the network, then try again.',
};

/** What the driver says without a code: the session has ended, or could not be had in time. */
const withoutCode =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed)/;

/** The error to throw on for one of the driver's: that of an unavailable datastore, or what it was. */
export function explainPostgresError(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const code = codeOf(thrown);
  const isTrouble = code !== undefined && helpOf(code) !== undefined;
  if (!isTrouble && !withoutCode.test(thrown.message)) return thrown;
  const cause = Object.assign(new Error(thrown.message || code, { cause: thrown }), {
    code: code ?? '08006',
  });
  return new DatastoreUnavailableError(cause, helpOf(cause.code));
}

/** Of several addresses of one host that were tried, the first has the code. */
export function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const helpOf = (code: string): string | undefined =>
  Object.entries(helpFor).find(([known]) => code.startsWith(known))?.[1];
