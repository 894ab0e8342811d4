import { readFileSync } from 'node:fs';
import { InputError, messageOf, quote } from '../../kernel/index.ts';

/** Where a database is, and as whom it is asked. What is left out is the driver's to find: PGPASSWORD, ~/.pgpass. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
  readonly ssl: false | Tls;
  readonly applicationName: string;
  /** For people: without the password. */
  readonly shown: string;
}

interface Tls {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly checkServerIdentity?: () => undefined;
}

const example = 'It looks like postgres://user@host:5432/database?sslmode=verify-full';
const known = ['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'application_name'];
const modes = ['disable', 'require', 'verify-ca', 'verify-full'];

/**
 * Reads `postgres://user@host:5432/database`, with `sslmode` and the files of certificates behind a question mark as
 * libpq has them, and `host` for the folder of a socket. Without an `sslmode` nothing is encrypted.
 * @throws {InputError} it cannot be read. What it says holds no password.
 */
export function readAddress(url: string): Address {
  const parsed = parse(url);
  const { searchParams } = parsed;
  const user = decodeURIComponent(parsed.username);
  const password = decodeURIComponent(parsed.password);
  const database = decodeURIComponent(parsed.pathname.slice(1));
  const host = searchParams.get('host') ?? decodeURIComponent(parsed.hostname).replace(/^\[|\]$/g, '');
  const shown = shownOf(parsed);
  if (host === '') throw unreadable(shown, 'it names no host');
  if (database === '' || database.includes('/')) throw unreadable(shown, 'it names no database');
  for (const [name] of searchParams)
    if (!known.includes(name)) throw unreadable(shown, `${quote(name)} is none of ${known.join(', ')}`);
  return {
    host,
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    database,
    ...(user !== '' && { user }),
    ...(password !== '' && { password }),
    ssl: tlsOf(searchParams, shown),
    applicationName: searchParams.get('application_name') ?? 'notification-architectures',
    shown,
  };
}

function parse(url: string): URL {
  // A URL of a scheme that it does not know is parsed without a look at its host.
  const asKnown = url.replace(/^postgres(ql)?:/i, 'http:');
  if (!URL.canParse(asKnown)) throw unreadable(withoutPassword(url), 'it is no URL');
  return new URL(asKnown);
}

function shownOf({ username, host, pathname }: URL): string {
  return `postgres://${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

/** Of a text that cannot be read: whatever stands before the last @ may be a password. */
const withoutPassword = (url: string): string => url.replace(/:\/\/.*@/s, '://…@');

function tlsOf(parameters: URLSearchParams, shown: string): false | Tls {
  const mode = parameters.get('sslmode') ?? 'disable';
  if (!modes.includes(mode)) throw unreadable(shown, `sslmode ${quote(mode)} is none of ${modes.join(', ')}`);
  const file = (name: string): string | undefined => {
    const path = parameters.get(name);
    try {
      return path === null ? undefined : readFileSync(path, 'utf8');
    } catch (thrown) {
      throw unreadable(shown, `its ${name} cannot be read: ${messageOf(thrown)}`);
    }
  };
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')];
  if (mode === 'disable') return false;
  return {
    rejectUnauthorized: mode !== 'require',
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(mode === 'verify-ca' && { checkServerIdentity: () => undefined }),
  };
}

const unreadable = (shown: string, why: string): InputError =>
  new InputError({ message: `cannot use ${quote(shown)} as the datastore: ${why}`, help: example });
