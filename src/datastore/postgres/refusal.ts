import { InputError, messageOf } from '../../kernel/index.ts';
import { DatastoreUnavailableError } from '../errors.ts';
import type { Address } from './address.ts';
import { codeOf, explainPostgresError } from './errors.ts';
import { unusable } from './migrate.ts';

/** By the first letters of PostgreSQL's code: what to do. */
type HelpByCode = Readonly<Record<string, string>>;

const helpFor: HelpByCode = {
  '28': 'Check the user and the password; it is also taken from PGPASSWORD and ~/.pgpass.',
  '3D000': 'Make it with create database, or name one that is there.',
  '42501': 'Grant the user the right to create a schema in it.',
};

/** What is said to whoever has named a database of which there is no use. @param more help that goes before the usual. */
export function refusalOf(address: Address, thrown: unknown, more: HelpByCode = {}): InputError {
  if (thrown instanceof InputError) return thrown;
  const explained = explainPostgresError(thrown);
  if (explained instanceof DatastoreUnavailableError)
    return unusable(address, messageOf(explained.cause), explained.help);
  const code = codeOf(thrown) ?? '';
  const help = Object.entries({ ...helpFor, ...more }).find(([known]) => code.startsWith(known))?.[1];
  return unusable(address, messageOf(thrown), help ?? 'Check the server, and what its log says.');
}
