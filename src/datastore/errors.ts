import { AppError } from '../kernel/index.ts';

const helpFor: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'Another program is writing to it; try again when that has finished.',
  SQLITE_FULL: 'Make room on its disk, then try again.',
  SQLITE_READONLY: 'Give this program the right to write to it, then try again.',
  SQLITE_IOERR: 'Check its disk, then try again.',
};

const helpOf = (code: string): string | undefined =>
  Object.entries(helpFor).find(([known]) => code.startsWith(known))?.[1];

/**
 * The datastore could not read or write just now: it is locked, full, must not be written, or its disk fails.
 * Nothing of what was asked has happened; the same may succeed later.
 */
export class DatastoreUnavailableError extends AppError {
  readonly code = 'datastore_unavailable';

  constructor(cause: Error & { readonly code: string }, help = helpOf(cause.code)) {
    super({ message: `the datastore is unavailable: ${cause.message}`, help: help ?? 'Try again.', cause });
  }
}

/** Its file is cut off, or was written over: trying again is of no use. */
class DamagedDatastoreError extends AppError {
  readonly code = 'datastore_damaged';

  constructor(cause: Error) {
    super({
      message: `the datastore is damaged: ${cause.message}`,
      help: 'Take a copy that is whole, or a new file.',
      cause,
    });
  }
}

/** The error to throw on for one of the driver's: that of an unavailable or damaged datastore, or what it was. */
export function explainDriverError(thrown: unknown): unknown {
  if (!(thrown instanceof Error && 'code' in thrown)) return thrown;
  const code = String(thrown.code);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return new DamagedDatastoreError(thrown);
  const isTrouble = Object.keys(helpFor).some((known) => code.startsWith(known));
  return isTrouble ? new DatastoreUnavailableError(thrown as Error & { code: string }) : thrown;
}

/** Another worker has what this one had in hand: what became of that is the other's to say, and this was not written. */
export class LeaseLostError extends AppError {
  readonly code = 'lease_lost';
  readonly token: number;

  constructor(token: number) {
    super({
      message: `lease ${token} is over: another worker has what was in hand under it`,
      help: 'Take a new lease; the other worker brings what was in hand to its end.',
    });
    this.token = token;
  }
}

/** Another process consumes: two of them on one file would each have to ask the other who is at what. */
export class AlreadyConsumedError extends AppError {
  readonly code = 'already_consumed';
  readonly file: string;

  constructor(file: string) {
    super({
      message: `"${file}" is being consumed already`,
      help: 'Stop the other process or bus that consumes from it, or name another file; publishing to it is no trouble.',
    });
    this.file = file;
  }
}
